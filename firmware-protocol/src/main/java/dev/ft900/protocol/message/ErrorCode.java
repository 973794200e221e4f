package dev.ft900.protocol.message;

import java.util.Arrays;
import java.util.Optional;

/** Why a board refuses. The word travels; the list is closed. */
public enum ErrorCode {
    /** Not one flat JSON object, a field missing, twice or of the wrong kind. */
    BAD_REQUEST("bad-request"),
    UNKNOWN_OPERATION("unknown-op"),
    /** No such pad. */
    BAD_PIN("bad-pin"),
    /** A field's value is outside its range. */
    BAD_VALUE("bad-value"),
    /** The pad belongs to the board itself: Ethernet, I2C, UART0, or named in its slot. */
    PAD_RESERVED("pad-reserved"),
    /** A level was to be written to an input. */
    PAD_IS_INPUT("pad-is-input"),
    /** The request is meant for another run of the firmware. */
    WRONG_BOOT("wrong-boot"),
    /** The board cannot do this now; ask again later. */
    BUSY("busy"),
    /** The board tried and failed. */
    FAILED("failed");

    private final String word;

    ErrorCode(String word) {
        this.word = word;
    }

    /** The code that goes by this word on the wire. */
    public static Optional<ErrorCode> from(String word) {
        return Arrays.stream(values()).filter(c -> c.word.equals(word)).findFirst();
    }

    public String word() {
        return word;
    }
}
