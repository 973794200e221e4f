package dev.ft900.ca.store;

import java.util.Arrays;
import java.util.Optional;

/**
 * Why a certificate was revoked (RFC 5280, section 5.3.1). There is no certificateHold: what is revoked here stays revoked.
 */
public enum RevocationReason {
    UNSPECIFIED("unspecified", 0),
    /** Somebody else has the private key, or may have it. */
    KEY_COMPROMISE("key-compromise", 1),
    /** Somebody else has the private key of an authority. */
    CA_COMPROMISE("ca-compromise", 2),
    /** The name no longer fits its holder. */
    AFFILIATION_CHANGED("affiliation-changed", 3),
    /** The board has a newer certificate and has connected with it. */
    SUPERSEDED("superseded", 4),
    /** The board is no longer registered. */
    CESSATION_OF_OPERATION("cessation-of-operation", 5),
    /** The holder may no longer do what the certificate allows. */
    PRIVILEGE_WITHDRAWN("privilege-withdrawn", 9);

    private final String word;
    private final int code;

    RevocationReason(String word, int code) {
        this.word = word;
        this.code = code;
    }

    /** The reason that goes by this word. */
    public static Optional<RevocationReason> from(String word) {
        return Arrays.stream(values()).filter(r -> r.word.equals(word)).findFirst();
    }

    public String word() {
        return word;
    }

    /** The CRLReason code. */
    public int code() {
        return code;
    }
}
