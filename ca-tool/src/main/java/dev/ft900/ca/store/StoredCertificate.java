package dev.ft900.ca.store;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/**
 * A certificate as the store keeps it.
 *
 * @param serial lower-case hex, as {@link #serial(BigInteger)} writes it
 * @param profile by which it was made
 * @param keyHash SHA-256 of the SubjectPublicKeyInfo, lower-case hex
 * @param issuer serial number of the authority that signed it, in the same form
 * @param der the certificate itself
 */
public record StoredCertificate(
        String serial,
        String profile,
        String commonName,
        String keyHash,
        String issuer,
        Instant notBefore,
        Instant notAfter,
        Instant issuedAt,
        byte[] der,
        Optional<Revocation> revocation) {

    /** A serial number as text. */
    public static String serial(BigInteger number) {
        return number.toString(16);
    }

    public boolean isRevoked() {
        return revocation.isPresent();
    }

    /** Whether its dates hold and nobody revoked it. */
    public boolean isGood(Instant now) {
        return !isRevoked() && !now.isBefore(notBefore) && !now.isAfter(notAfter);
    }
}
