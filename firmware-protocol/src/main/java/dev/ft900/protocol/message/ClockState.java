package dev.ft900.protocol.message;

import java.time.Instant;

/** What a board's real-time clock says. One second is its finest step. */
public sealed interface ClockState {
    /** Nobody has set the clock since it lost power. */
    record Unset() implements ClockState {}

    /**
     * The clock runs.
     *
     * @param epochSeconds seconds since 1970-01-01T00:00:00Z, 0 to 4294967295 (until February 2106)
     */
    record Set(long epochSeconds) implements ClockState {
        /** The last second that the 32-bit counter can show. */
        public static final long MAX_EPOCH_SECONDS = 0xFFFF_FFFFL;

        public Set {
            if (epochSeconds < 0 || epochSeconds > MAX_EPOCH_SECONDS) {
                throw new IllegalArgumentException(
                        "a board's clock shows 0 to " + MAX_EPOCH_SECONDS + " seconds since 1970; got " + epochSeconds);
            }
        }

        public Instant instant() {
            return Instant.ofEpochSecond(epochSeconds);
        }
    }

    /** The state in which a board starts. */
    ClockState UNSET = new Unset();

    default boolean isSet() {
        return this instanceof Set;
    }
}
