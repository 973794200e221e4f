package dev.ft900.gateway.http;

import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.name.Quoted;
import dev.ft900.protocol.pad.Direction;
import dev.ft900.protocol.pad.Edge;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import dev.ft900.protocol.pad.PadSet;
import dev.ft900.protocol.pad.Pull;
import java.util.Optional;

/** Reads what is to become of pins from a request's body. */
final class PinChanges {
    private PinChanges() {}

    /** What is to become of one pin, which the body may name again. */
    static Command.WritePad one(Pad pad, byte[] json) {
        var change = change(Body.read(json, "pin", "value", "direction", "pull", "edge"), Optional.of(pad));
        return change.command();
    }

    /** What is to become of many pins as one step. */
    static Command.WritePads many(byte[] json) {
        var changes = new Masks();
        var seen = PadSet.NONE;
        for (var item : Body.read(json, "pins").objects("pins", "pin", "value", "direction", "pull")) {
            var change = change(item, Optional.empty());
            if (seen.contains(change.pad())) {
                throw bad("expected every pin once; pin " + change.pad() + " stands twice");
            }
            seen = seen.with(change.pad());
            changes.add(change);
        }
        if (seen.isEmpty()) {
            throw bad("expected pins to name at least one pin");
        }
        return changes.command();
    }

    private record Change(
            Pad pad, Optional<Level> level, Optional<Direction> direction, Optional<Pull> pull, Optional<Edge> edge) {
        Command.WritePad command() {
            return new Command.WritePad(pad, level, direction, pull, edge);
        }
    }

    private static Change change(Body body, Optional<Pad> inAddress) {
        var named = body.number("pin");
        if (inAddress.isPresent()) {
            named.filter(number -> number != inAddress.get().number()).ifPresent(number -> {
                throw bad("expected pin " + inAddress.get() + ", as in the address; got " + number);
            });
        }
        var pad = inAddress.orElseGet(() -> named.flatMap(Pad::from)
                .orElseThrow(() -> bad("expected pin to be 0 to " + (Pad.COUNT - 1) + "; got "
                        + named.map(String::valueOf).orElse("none"))));
        var level = body.number("value")
                .map(value -> Level.from(value).orElseThrow(() -> bad("expected value to be 0 or 1; got " + value)));
        var direction = body.of("direction", Direction::from, "in, out or od");
        var pull = body.of("pull", Pull::from, "none, down, up or keep");
        var edge = body.of("edge", Edge::from, "none, rise, fall or both");
        if (level.isEmpty() && direction.isEmpty() && pull.isEmpty() && edge.isEmpty()) {
            throw bad("expected at least one of value, direction, pull, edge for pin " + pad + "; got none");
        }
        return new Change(pad, level, direction, pull, edge);
    }

    private static ProblemException bad(String detail) {
        return new ProblemException(Problem.Kind.BAD_VALUE, detail);
    }

    /** Gathers changes into the masks of one command. */
    private static final class Masks {
        private PadSet high = PadSet.NONE;
        private PadSet low = PadSet.NONE;
        private PadSet in = PadSet.NONE;
        private PadSet out = PadSet.NONE;
        private PadSet up = PadSet.NONE;
        private PadSet down = PadSet.NONE;
        private PadSet noPull = PadSet.NONE;

        void add(Change change) {
            var pad = change.pad();
            change.level().ifPresent(level -> {
                high = level == Level.HIGH ? high.with(pad) : high;
                low = level == Level.LOW ? low.with(pad) : low;
            });
            change.direction().ifPresent(direction -> {
                switch (direction) {
                    case IN -> in = in.with(pad);
                    case OUT -> out = out.with(pad);
                    default -> throw oneByOne("direction " + Quoted.of(direction.word()), pad);
                }
            });
            change.pull().ifPresent(pull -> {
                switch (pull) {
                    case UP -> up = up.with(pad);
                    case DOWN -> down = down.with(pad);
                    case NONE -> noPull = noPull.with(pad);
                    default -> throw oneByOne("pull " + Quoted.of(pull.word()), pad);
                }
            });
        }

        private static ProblemException oneByOne(String what, Pad pad) {
            return bad("expected directions in and out, pulls none, down and up; for pin " + pad + " got " + what
                    + ", which a board takes one pin at a time: PUT it to gpio/" + pad);
        }

        Command.WritePads command() {
            return new Command.WritePads(high, low, in, out, up, down, noPull);
        }
    }
}
