package dev.ft900.protocol.message;

import dev.ft900.protocol.pad.Direction;
import dev.ft900.protocol.pad.Edge;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import dev.ft900.protocol.pad.PadSet;
import dev.ft900.protocol.pad.Pull;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a board can be asked to do. {@code docs/protocol.md}, section 3, has the table. */
public sealed interface Command {
    /** Hands this command to the method made for its kind; the compiler sees to it that no kind is forgotten. */
    <R> R accept(Visitor<R> visitor);

    /** Whether the command changes the board. Such a command must carry the boot id that it is meant for. */
    default boolean changesTheBoard() {
        return true;
    }

    /** Reads one pad. Never changes its direction. */
    record ReadPad(Pad pad) implements Command {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.readPad(this);
        }

        @Override
        public boolean changesTheBoard() {
            return false;
        }
    }

    /**
     * Changes one pad: first direction, pull and edge reports, then the level, as one step. What is absent stays as it is.
     * At least one must be present. A level on a pad that is (still) an input is refused with {@code pad-is-input}.
     */
    record WritePad(
            Pad pad, Optional<Level> level, Optional<Direction> direction, Optional<Pull> pull, Optional<Edge> edge)
            implements Command {
        public WritePad {
            if (level.isEmpty() && direction.isEmpty() && pull.isEmpty() && edge.isEmpty()) {
                throw new IllegalArgumentException("a pad write changes at least one of level, direction, pull, edge");
            }
        }

        /** Writes just a level. */
        public static WritePad level(Pad pad, Level level) {
            return new WritePad(pad, Optional.of(level), Optional.empty(), Optional.empty(), Optional.empty());
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.writePad(this);
        }
    }

    /** Reads all 67 pads at one moment. */
    record ReadPads() implements Command {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.readPads(this);
        }

        @Override
        public boolean changesTheBoard() {
            return false;
        }
    }

    /**
     * Changes many pads as one step: all or none. Directions and pulls come first, then levels. No pad may be in two sets
     * that exclude one another.
     *
     * @param in pads that become inputs
     * @param out pads that become outputs
     */
    record WritePads(PadSet high, PadSet low, PadSet in, PadSet out, PadSet up, PadSet down, PadSet noPull)
            implements Command {
        public WritePads {
            requireDisjoint(high, low);
            requireDisjoint(in, out);
            requireDisjoint(up, down);
            requireDisjoint(up.union(down), noPull);
        }

        private static void requireDisjoint(PadSet one, PadSet other) {
            var both = one.intersection(other);
            if (!both.isEmpty()) {
                throw new IllegalArgumentException("pads " + both + " stand in two sets that exclude one another");
            }
        }

        /** Every pad that this command touches. */
        public PadSet touched() {
            return high.union(low).union(in).union(out).union(up).union(down).union(noPull);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.writePads(this);
        }
    }

    /** Reads the real-time clock; that it is unset is an answer, not an error. */
    record ReadClock() implements Command {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.readClock(this);
        }

        @Override
        public boolean changesTheBoard() {
            return false;
        }
    }

    /** Sets the real-time clock. */
    record SetClock(ClockState.Set to) implements Command {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.setClock(this);
        }
    }

    /** Resets the board. The reply leaves first; the board then comes back with a new boot id. */
    record Reset() implements Command {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.reset(this);
        }
    }

    /** Asks for firmware, uptime, reset cause, slot. Serves as "are you there?": it needs no boot id. */
    record ReadStatus() implements Command {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.readStatus(this);
        }

        @Override
        public boolean changesTheBoard() {
            return false;
        }
    }

    /** Asks for the network address. */
    record ReadNetwork() implements Command {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.readNetwork(this);
        }

        @Override
        public boolean changesTheBoard() {
            return false;
        }
    }

    /**
     * Writes text to a UART of the board.
     *
     * @param port 0 (console) or 1
     * @param text UTF-8 text whose form as the inside of a JSON string is 1 to {@value #MAX_ESCAPED_BYTES} bytes long
     */
    record WriteUart(int port, String text) implements Command {
        /** The longest text, in bytes of its escaped form: what fits a message beside the other fields. */
        public static final int MAX_ESCAPED_BYTES = 160;

        public WriteUart {
            if (port != 0 && port != 1) {
                throw new IllegalArgumentException("a UART port is 0 or 1; got " + port);
            }
            if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
                throw new IllegalArgumentException("a UART text is Unicode; got half of a surrogate pair");
            }
            int length = escapedLength(text);
            if (length < 1 || length > MAX_ESCAPED_BYTES) {
                throw new IllegalArgumentException("a UART text is 1 to " + MAX_ESCAPED_BYTES
                        + " bytes in UTF-8 (quotes, backslashes and control characters count as their JSON escapes); got "
                        + length);
            }
        }

        /** The bytes that a text takes inside a JSON string. */
        public static int escapedLength(String text) {
            int length = text.getBytes(StandardCharsets.UTF_8).length;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '"' || c == '\\' || "\b\f\n\r\t".indexOf(c) >= 0) {
                    length += 1;
                } else if (c < 0x20) {
                    length += 5;
                }
            }
            return length;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.writeUart(this);
        }
    }

    /** One method per kind of command. */
    interface Visitor<R> {
        R readPad(ReadPad command);

        R writePad(WritePad command);

        R readPads(ReadPads command);

        R writePads(WritePads command);

        R readClock(ReadClock command);

        R setClock(SetClock command);

        R reset(Reset command);

        R readStatus(ReadStatus command);

        R readNetwork(ReadNetwork command);

        R writeUart(WriteUart command);
    }
}
