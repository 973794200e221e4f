package dev.ft900.ca.authority;

import dev.ft900.ca.store.StoredCertificate;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Revocation lists, and the authorities of which none could be made.
 *
 * @param lists those of the newest authority first
 * @param unlisted whose key does not open
 */
public record MadeLists(List<X509CRL> lists, List<Unlisted> unlisted) {
    public MadeLists {
        lists = List.copyOf(lists);
        unlisted = List.copyOf(unlisted);
    }

    /**
     * An authority without a list.
     *
     * @param reason why its key does not open
     */
    public record Unlisted(X509Certificate authority, String reason) {
        /** What that means, for people. */
        public String words() {
            return "no list of " + authority.getSubjectX500Principal() + " (serial "
                    + StoredCertificate.serial(authority.getSerialNumber())
                    + ") could be made, so brokers that read lists refuse everybody whose certificate it signed (see docs/security.md,"
                    + " When a key is lost): " + reason;
        }
    }
}
