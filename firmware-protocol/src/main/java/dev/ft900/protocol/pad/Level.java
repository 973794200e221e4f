package dev.ft900.protocol.pad;

import java.util.Optional;

/** The level of a pad: 0 or 1 on the wire and in REST. */
public enum Level {
    LOW,
    HIGH;

    /** The level that this number stands for; empty unless it is 0 or 1. */
    public static Optional<Level> from(long number) {
        return number == 0 ? Optional.of(LOW) : number == 1 ? Optional.of(HIGH) : Optional.empty();
    }

    public static Level of(boolean high) {
        return high ? HIGH : LOW;
    }

    /** 0 or 1. */
    public int bit() {
        return ordinal();
    }
}
