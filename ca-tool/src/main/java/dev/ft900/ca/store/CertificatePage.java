package dev.ft900.ca.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Some certificates of a long list, and where the list goes on.
 *
 * @param next asks for what follows; empty at the end
 */
public record CertificatePage(List<StoredCertificate> certificates, Optional<Cursor> next) {
    /** The most certificates on a page. */
    public static final int MAX = 1_000;

    public CertificatePage {
        certificates = List.copyOf(certificates);
    }

    /**
     * A place in the list, just after a certificate. It stays good however many are added meanwhile.
     *
     * @param issuedAt of that certificate
     */
    public record Cursor(Instant issuedAt, String serial) {
        /** Before the newest certificate. */
        public static final Cursor START = new Cursor(Instant.ofEpochMilli(Long.MAX_VALUE), "");

        /** Reads what {@link #toString} wrote; empty when it is something else. */
        public static Optional<Cursor> parse(String text) {
            if (!text.matches("[0-9]{1,15}-[0-9a-f]{1,40}")) {
                return Optional.empty();
            }
            int dash = text.indexOf('-');
            return Optional.of(new Cursor(
                    Instant.ofEpochMilli(Long.parseLong(text.substring(0, dash))), text.substring(dash + 1)));
        }

        @Override
        public String toString() {
            return issuedAt.toEpochMilli() + "-" + serial;
        }
    }

    /**
     * Which certificates belong to the list.
     *
     * @param profile those of this profile only
     * @param commonName those with this name only
     * @param revoked only those that are, or only those that are not
     * @param endsBefore those that end before this instant only
     */
    public record Filter(
            Optional<String> profile,
            Optional<String> commonName,
            Optional<Boolean> revoked,
            Optional<Instant> endsBefore) {
        /** All certificates. */
        public static final Filter ALL =
                new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
