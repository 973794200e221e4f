package dev.ft900.gateway.app;

import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.gateway.broker.outside.RevocationLists;
import java.io.IOException;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The lists of the authority in the state folder. A broker that gets no newer one within 30 days refuses everybody. */
final class AuthorityLists implements RevocationLists {
    private static final Duration VALID = Duration.ofDays(30);

    private final AuthorityFolder folder;

    AuthorityLists(AuthorityFolder folder) {
        this.folder = folder;
    }

    @Override
    public List<X509CRL> make() throws IOException {
        var lists = new ArrayList<X509CRL>();
        for (var kind : KeyKind.values()) {
            if (folder.exists(kind)) {
                lists.addAll(folder.revocationLists(kind, VALID));
            }
        }
        return lists;
    }

    @Override
    public int authorities() throws IOException {
        int count = 0;
        for (var kind : KeyKind.values()) {
            // The root is the first of them, and not one that issues.
            count += Math.max(0, folder.certificates(kind).size() - 1);
        }
        return count;
    }
}
