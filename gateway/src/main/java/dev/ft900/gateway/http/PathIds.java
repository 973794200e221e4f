package dev.ft900.gateway.http;

import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.Quoted;
import dev.ft900.protocol.pad.Pad;

/** What stands in the path, checked. */
final class PathIds {
    private PathIds() {}

    /** A board id; one that no board can have is an unknown device. */
    static BoardId board(String text) {
        return BoardId.from(text)
                .orElseThrow(() -> new ProblemException(
                        Problem.Kind.UNKNOWN_DEVICE,
                        "no device " + Quoted.of(text) + " is registered; an id is " + BoardId.RULE));
    }

    static Pad pad(String text) {
        if (text.matches("[0-9]{1,4}")) {
            var pad = Pad.from(Long.parseLong(text));
            if (pad.isPresent()) {
                return pad.get();
            }
        }
        throw new ProblemException(
                Problem.Kind.BAD_VALUE, "expected a pin from 0 to " + (Pad.COUNT - 1) + "; got " + Quoted.of(text));
    }
}
