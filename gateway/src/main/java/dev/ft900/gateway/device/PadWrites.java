package dev.ft900.gateway.device;

import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.pad.Direction;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import dev.ft900.protocol.pad.PadSet;
import dev.ft900.protocol.pad.Pull;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What commands that write pads do to single ones. */
final class PadWrites {
    private PadWrites() {}

    /** The pads that a command writes, none for all other commands. */
    static List<Pad> touched(Command command) {
        if (command instanceof Command.WritePad one) {
            return List.of(one.pad());
        }
        if (command instanceof Command.WritePads many) {
            var pads = many.touched();
            return IntStream.range(0, Pad.COUNT)
                    .mapToObj(Pad::new)
                    .filter(pads::contains)
                    .toList();
        }
        return List.of();
    }

    /** Whether a command that writes a desired pad does anything to it that is not desired. */
    static boolean changesOtherwise(Command command, Command.WritePad desired) {
        if (command instanceof Command.WritePad one) {
            return differs(one.level(), desired.level())
                    || differs(one.direction(), desired.direction())
                    || differs(one.pull(), desired.pull())
                    || differs(one.edge(), desired.edge());
        }
        if (command instanceof Command.WritePads many) {
            var pad = desired.pad();
            return differs(one(pad, many.high(), Level.HIGH, many.low(), Level.LOW), desired.level())
                    || differs(one(pad, many.in(), Direction.IN, many.out(), Direction.OUT), desired.direction())
                    || differs(
                            one(pad, many.up(), Pull.UP, many.down(), Pull.DOWN)
                                    .or(() -> in(pad, many.noPull(), Pull.NONE)),
                            desired.pull());
        }
        return false;
    }

    private static <T> Optional<T> one(Pad pad, PadSet first, T ifFirst, PadSet second, T ifSecond) {
        return in(pad, first, ifFirst).or(() -> in(pad, second, ifSecond));
    }

    private static <T> Optional<T> in(Pad pad, PadSet set, T value) {
        return set.contains(pad) ? Optional.of(value) : Optional.empty();
    }

    private static <T> boolean differs(Optional<T> written, Optional<T> desired) {
        return written.isPresent() && !written.equals(desired);
    }
}
