package dev.ft900.protocol.provisioning;

import java.util.Arrays;
import java.util.Optional;

/** Why a board refuses a provisioning request. */
public enum Refusal {
    /** The request's bytes break its table. */
    MALFORMED(1, "malformed"),
    /** The board does not know this request. */
    UNKNOWN(2, "unknown"),
    /** No seed has ever arrived, so no key can be made. */
    NOT_SEEDED(3, "not-seeded"),
    /** The request names another board's UID, or another boot. */
    WRONG_BOARD(4, "wrong-board"),
    /** The step before this one is missing. */
    WRONG_STEP(5, "wrong-step"),
    /** A length, an offset or a generation does not fit. */
    OUT_OF_RANGE(6, "out-of-range"),
    /** The record in flash does not have the announced hash, or breaks the rules of a record. */
    BAD_RECORD(7, "bad-record"),
    /** The record's certificate is not for the key that the board holds. */
    KEY_MISMATCH(8, "key-mismatch"),
    /** Flash could not be erased or written. */
    FLASH(9, "flash"),
    /** There is no such object. */
    NO_OBJECT(10, "no-object");

    private final int code;
    private final String word;

    Refusal(int code, String word) {
        this.code = code;
        this.word = word;
    }

    static Optional<Refusal> from(int code) {
        return Arrays.stream(values()).filter(r -> r.code == code).findFirst();
    }

    /** The number that stands for this refusal in a frame. */
    public int code() {
        return code;
    }

    /** The word for people and for logs. */
    public String word() {
        return word;
    }
}
