package dev.ft900.gateway.http;

import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.Quoted;
import dev.ft900.protocol.pad.Pad;
import java.util.Optional;
import java.util.regex.Pattern;

/** What stands in the path, checked. */
final class PathIds {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

    private PathIds() {}

    /** A board id; one that no board can have is an unknown device. */
    static BoardId board(String text) {
        return BoardId.from(text)
                .orElseThrow(() -> new ProblemException(
                        Problem.Kind.UNKNOWN_DEVICE,
                        "no device " + Quoted.of(text) + " is registered; an id is " + BoardId.RULE));
    }

    static Pad pad(String text) {
        return goodPad(text)
                .orElseThrow(() -> new ProblemException(
                        Problem.Kind.BAD_VALUE,
                        "expected a pin from 0 to " + (Pad.COUNT - 1) + "; got " + Quoted.of(text)));
    }

    /** The pad, if there is one of that number. */
    static Optional<Pad> goodPad(String text) {
        return NUMBER.matcher(text).matches() ? Pad.from(Long.parseLong(text)) : Optional.empty();
    }
}
