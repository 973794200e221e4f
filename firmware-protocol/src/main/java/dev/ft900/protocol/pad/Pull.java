package dev.ft900.protocol.pad;

import java.util.Optional;

/** What holds a pad that nobody drives (hardware sheet 4.2.1, pad register bits 3:2). */
public enum Pull {
    NONE("none"),
    DOWN("down"),
    UP("up"),
    /** Keeps the last level. */
    KEEPER("keep");

    private final String word;

    Pull(String word) {
        this.word = word;
    }

    /** The pull that goes by this word on the wire and in REST. */
    public static Optional<Pull> from(String word) {
        return Words.find(values(), Pull::word, word);
    }

    public String word() {
        return word;
    }
}
