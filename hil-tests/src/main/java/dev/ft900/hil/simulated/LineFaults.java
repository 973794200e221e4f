package dev.ft900.hil.simulated;

import java.time.Duration;

/** What a bad wire does to each byte. */
public interface LineFaults {
    /** Which way a byte goes. */
    enum Direction {
        TO_BOARD,
        FROM_BOARD
    }

    /**
     * What becomes of a byte.
     *
     * @param bytes what arrives instead: nothing, the byte, another, or several
     * @param later how much later than it should; bytes behind it wait
     */
    record Fate(byte[] bytes, Duration later) {
        /** It arrives. */
        public static Fate arrives(byte b) {
            return new Fate(new byte[] {b}, Duration.ZERO);
        }
    }

    /**
     * A byte is on its way.
     *
     * @param index counts the bytes of both directions from 0
     */
    Fate pass(Direction direction, long index, byte b);

    /** A good wire. */
    LineFaults NONE = (direction, index, b) -> Fate.arrives(b);
}
