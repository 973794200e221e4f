package dev.ft900.protocol.name;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The id under which a board is registered; also the common name of its certificate, its MQTT client id and a level
 * of its topics.
 *
 * @param value 1 to 32 of {@code a-z 0-9 _ -}, starting with a letter or digit. No id can hold a dot, so none can be
 *     taken for a gateway's name ({@code gw.NAME}).
 */
public record BoardId(String value) {
    /** What an id looks like, for messages to people. */
    public static final String RULE = "1 to 32 characters of a-z, 0-9, _ and -, starting with a letter or a digit";

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");

    /** First topic levels of the native and of the older dialect: a board with such an id would own foreign topics. */
    private static final Set<String> TOPIC_ROOTS = Set.of("ft900", "server");

    public BoardId {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "a board id is " + RULE + ", and not one of " + TOPIC_ROOTS + "; got " + Quoted.of(value));
        }
    }

    /** Parses a name that comes from outside; empty when it breaks the rule. */
    public static Optional<BoardId> from(String text) {
        return isValid(text) ? Optional.of(new BoardId(text)) : Optional.empty();
    }

    private static boolean isValid(String text) {
        return text != null && FORM.matcher(text).matches() && !TOPIC_ROOTS.contains(text);
    }

    @Override
    public String toString() {
        return value;
    }
}
