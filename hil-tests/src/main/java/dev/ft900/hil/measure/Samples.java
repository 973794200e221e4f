package dev.ft900.hil.measure;

import java.util.Arrays;

/** Durations in nanoseconds. */
final class Samples {
    private final long[] nanos;
    private int count;

    Samples(int capacity) {
        nanos = new long[capacity];
    }

    void add(long sample) {
        nanos[count++] = sample;
    }

    /** The smallest sample that at least this part of all are not above, in milliseconds. @param part above 0, at most 1 */
    double quantileMillis(double part) {
        var sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(part * count) - 1)] / 1e6;
    }
}
