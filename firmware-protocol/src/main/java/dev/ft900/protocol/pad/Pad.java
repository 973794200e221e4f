package dev.ft900.protocol.pad;

import java.util.Optional;

/**
 * One of the 67 general-purpose pads (FT900 100-pin package; hardware sheet 4.2).
 *
 * @param number 0 to 66
 */
public record Pad(int number) implements Comparable<Pad> {
    /** How many pads an FT900 has. */
    public static final int COUNT = 67;

    public Pad {
        if (number < 0 || number >= COUNT) {
            throw new IllegalArgumentException("a pad is 0 to " + (COUNT - 1) + "; got " + number);
        }
    }

    /** Checks a pad number that comes from outside; empty when there is no such pad. */
    public static Optional<Pad> from(long number) {
        return number >= 0 && number < COUNT ? Optional.of(new Pad((int) number)) : Optional.empty();
    }

    @Override
    public int compareTo(Pad other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Integer.toString(number);
    }
}
