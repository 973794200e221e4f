package dev.ft900.protocol.name;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names one command from the caller to the board and back. A board acts on an id at most once.
 *
 * @param value 1 to 16 of {@code a-z A-Z 0-9 _ -}
 */
public record CommandId(String value) {
    /** The longest id, in characters; a board keeps eight of them in RAM. */
    public static final int MAX_LENGTH = 16;

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1," + MAX_LENGTH + "}");

    public CommandId {
        if (value == null || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a command id is 1 to 16 characters of a-z, A-Z, 0-9, _ and -; got " + Quoted.of(value));
        }
    }

    /** Parses an id that comes from outside; empty when it breaks the rule. */
    public static Optional<CommandId> from(String text) {
        return text != null && FORM.matcher(text).matches() ? Optional.of(new CommandId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
