package dev.ft900.protocol.pad;

import java.util.Optional;

/** Who drives a pad (hardware sheet 4.2.1, direction bits). */
public enum Direction {
    /** The outside drives it; the board reads it. */
    IN("in"),
    /** The board drives it high or low. */
    OUT("out"),
    /** The board drives it low, or lets go of it. */
    OPEN_DRAIN("od");

    private final String word;

    Direction(String word) {
        this.word = word;
    }

    /** The direction that goes by this word on the wire and in REST. */
    public static Optional<Direction> from(String word) {
        return Words.find(values(), Direction::word, word);
    }

    public String word() {
        return word;
    }

    /** Whether a level can be written in this direction. */
    public boolean drives() {
        return this != IN;
    }
}
