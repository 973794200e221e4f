package dev.ft900.gateway.broker.outside;

import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.broker.BrokerKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;

/** Revocation lists (RFC 5280, section 5) in the files in which each broker looks for them. */
final class RevocationFiles {
    private static final int LINE = 64;

    private final BrokerKind kind;
    private final Path kit;

    RevocationFiles(BrokerKind kind, Path kit) {
        this.kind = kind;
        this.kit = kit;
    }

    /** All lists in one file, as Mosquitto reads them. */
    static Path mosquitto(Path kit) {
        return kit.resolve("tls").resolve("revoked.pem");
    }

    /** Each list in a file named after its issuer, as Erlang reads them. */
    static Path rabbitMq(Path kit) {
        return kit.resolve("revoked");
    }

    /** Writes them; each file is replaced as a whole. */
    void write(List<X509CRL> lists) throws IOException {
        if (kind == BrokerKind.MOSQUITTO) {
            var text = new StringBuilder();
            for (var list : lists) {
                text.append(pem(list));
            }
            StateFolder.write(mosquitto(kit), text.toString().getBytes(StandardCharsets.US_ASCII));
            return;
        }
        var files = new LinkedHashMap<String, Integer>();
        for (var list : lists) {
            var hash = hash(list.getIssuerX500Principal());
            int number = files.merge(hash, 1, Integer::sum) - 1;
            StateFolder.write(
                    rabbitMq(kit).resolve(hash + ".r" + number), pem(list).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static String pem(X509CRL list) {
        try {
            var lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(list.getEncoded());
            return "-----BEGIN X509 CRL-----\n" + lines + "\n-----END X509 CRL-----\n";
        } catch (CRLException e) {
            throw new IllegalStateException("a list that was just made has an encoding", e);
        }
    }

    /**
     * The name under which OpenSSL and Erlang look for an authority's files: the first four bytes, backwards, of the SHA-1 of the
     * name's canonical form, which is not a use for security.
     */
    static String hash(X500Principal name) {
        try {
            var digest = MessageDigest.getInstance("SHA-1").digest(CanonicalName.of(name));
            return String.format(
                    Locale.ROOT,
                    "%02x%02x%02x%02x",
                    digest[3] & 0xff,
                    digest[2] & 0xff,
                    digest[1] & 0xff,
                    digest[0] & 0xff);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
