package dev.ft900.ca.inspect;

import dev.ft900.protocol.slot.SlotRecord;
import java.security.PublicKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;

/** Something that was found in a file. */
public sealed interface Found {
    /** A certificate. */
    record Certificate(X509Certificate certificate) implements Found {}

    /** A revocation list. */
    record RevocationList(X509CRL list) implements Found {}

    /**
     * A signing request.
     *
     * @param subject what it asks to be called
     * @param proven whether it is signed with the key that it asks for
     */
    record Request(String subject, PublicKey key, boolean proven) implements Found {}

    /** A private key, of which nothing more is said. */
    record PrivateKey(boolean encrypted) implements Found {}

    /** A board's slot record. */
    record Slot(SlotRecord slot, int bytes) implements Found {}
}
