package dev.ft900.protocol.name;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names one run of a board's firmware, from start to reset. A board draws a new one at random every time it starts.
 *
 * @param value eight lower-case hexadecimal digits
 */
public record BootId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}");

    public BootId {
        if (value == null || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a boot id is 8 lower-case hexadecimal digits; got " + Quoted.of(value));
        }
    }

    /** The boot id that a board sends as a 32-bit number in a frame. */
    public static BootId of(int bits) {
        return new BootId(String.format("%08x", bits));
    }

    /** Parses a boot id that comes from outside; empty when it breaks the rule. */
    public static Optional<BootId> from(String text) {
        return text != null && FORM.matcher(text).matches() ? Optional.of(new BootId(text)) : Optional.empty();
    }

    /** The same id as the 32-bit number of the frames. */
    public int bits() {
        return Integer.parseUnsignedInt(value, 16);
    }

    @Override
    public String toString() {
        return value;
    }
}
