package dev.ft900.protocol.dialect;

import java.util.Optional;

/** What decoding a message yields: its value, or why there is none. */
public sealed interface Decoded<T> {
    /** The bytes were a well-formed message. */
    record Value<T>(T value) implements Decoded<T> {}

    /**
     * The bytes were none.
     *
     * @param why one sentence: what was expected and what came
     */
    record Malformed<T>(String why) implements Decoded<T> {}

    /** The value, if there is one. */
    default Optional<T> asOptional() {
        return this instanceof Value<T> v ? Optional.of(v.value) : Optional.empty();
    }
}
