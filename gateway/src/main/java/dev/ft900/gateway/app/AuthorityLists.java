package dev.ft900.gateway.app;

import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.MadeLists;
import dev.ft900.gateway.broker.outside.RevocationLists;
import java.io.IOException;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lists of the authority in the state folder. A broker that gets no newer one within 30 days refuses everybody. Confined to one
 * thread.
 */
final class AuthorityLists implements RevocationLists {
    private static final Logger LOG = LoggerFactory.getLogger(AuthorityLists.class);
    private static final Duration VALID = Duration.ofDays(30);

    private final AuthorityFolder folder;
    private List<MadeLists.Unlisted> said = List.of();

    AuthorityLists(AuthorityFolder folder) {
        this.folder = folder;
    }

    @Override
    public List<X509CRL> make() throws IOException {
        var lists = new ArrayList<X509CRL>();
        var unlisted = new ArrayList<MadeLists.Unlisted>();
        for (var kind : KeyKind.values()) {
            if (folder.exists(kind)) {
                var made = folder.revocationLists(kind, VALID);
                lists.addAll(made.lists());
                unlisted.addAll(made.unlisted());
            }
        }
        if (lists.isEmpty() && !unlisted.isEmpty()) {
            throw new IOException(unlisted.get(0).reason());
        }
        say(unlisted);
        return lists;
    }

    /** Once, not at every list. */
    private void say(List<MadeLists.Unlisted> unlisted) {
        if (!unlisted.equals(said)) {
            unlisted.forEach(authority -> LOG.warn("{}", authority.words()));
            said = List.copyOf(unlisted);
        }
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
