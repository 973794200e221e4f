package dev.ft900.gateway.http;

import dev.ft900.protocol.name.Quoted;
import java.time.Duration;
import java.util.regex.Pattern;

/** Reads values of query parameters. */
final class Queries {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(ms|s|m|h)");

    private Queries() {}

    /** @param text null when the parameter is absent */
    static boolean flag(String text, String name, boolean otherwise) {
        if (text == null) {
            return otherwise;
        }
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new ProblemException(
                        Problem.Kind.BAD_VALUE, "expected " + name + " to be true or false; got " + Quoted.of(text));
        };
    }

    /** A span such as {@code 60s}, longer than nothing. */
    static Duration duration(String text, String name, Duration longest) {
        var matcher = DURATION.matcher(text);
        if (matcher.matches()) {
            long value = Long.parseLong(matcher.group(1));
            var span =
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(value);
                        case "s" -> Duration.ofSeconds(value);
                        case "m" -> Duration.ofMinutes(value);
                        default -> Duration.ofHours(value);
                    };
            if (!span.isZero() && span.compareTo(longest) <= 0) {
                return span;
            }
        }
        throw new ProblemException(
                Problem.Kind.BAD_VALUE,
                "expected " + name + " to be a span such as 500ms, 60s, 5m or 2h, at most " + longest.toHours()
                        + "h; got " + Quoted.of(text));
    }
}
