package dev.ft900.protocol.pad;

import java.util.Optional;

/** Which changes of an input pad a board reports by itself. */
public enum Edge {
    NONE("none"),
    RISING("rise"),
    FALLING("fall"),
    BOTH("both");

    private final String word;

    Edge(String word) {
        this.word = word;
    }

    /** The choice that goes by this word on the wire and in REST. */
    public static Optional<Edge> from(String word) {
        return Words.find(values(), Edge::word, word);
    }

    public String word() {
        return word;
    }

    /** Whether a change to this level is one to report. */
    public boolean reports(Level now) {
        return this == BOTH || this == (now == Level.HIGH ? RISING : FALLING);
    }
}
