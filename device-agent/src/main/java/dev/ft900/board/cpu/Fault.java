package dev.ft900.board.cpu;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Something that no working firmware does.
 *
 * @param pc of the instruction, a byte address
 * @param word that was fetched there
 * @param trail the last jumps before it, oldest first
 */
public record Fault(Kind kind, int pc, int word, String detail, List<Jump> trail) {
    /** What it is. */
    public enum Kind {
        /** A word that is no instruction. */
        ILLEGAL,
        /** A pair of compressed codes: the image is for an FT93x. */
        COMPRESSED,
        /** The program counter is where no program is. */
        RUNAWAY,
        /** {@code call 8}, with which a program stops for its debugger. */
        BREAK,
        /** A string or stream instruction that would not end. */
        ENDLESS,
        /** A finding on a strict machine. */
        STRICT
    }

    /** A transfer of control. */
    public record Jump(int from, int to) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "0x%05X->0x%05X", from, to);
        }
    }

    public Fault {
        trail = List.copyOf(trail);
    }

    @Override
    public String toString() {
        var text = String.format(
                Locale.ROOT, "%s at 0x%05X: word 0x%08X, %s", kind.name().toLowerCase(Locale.ROOT), pc, word, detail);
        return trail.isEmpty()
                ? text
                : text + "; jumps before: " + trail.stream().map(Jump::toString).collect(Collectors.joining(" "));
    }
}
