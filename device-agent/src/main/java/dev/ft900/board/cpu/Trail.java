package dev.ft900.board.cpu;

import java.util.ArrayList;
import java.util.List;

/** The last few jumps, for the report of a fault. */
final class Trail {
    /** A power of two. */
    private static final int SIZE = 16;

    private final int[] from = new int[SIZE];
    private final int[] to = new int[SIZE];
    private int count;

    void jump(int source, int target) {
        int at = count++ & SIZE - 1;
        from[at] = source;
        to[at] = target;
    }

    /** Oldest first. */
    List<Fault.Jump> list() {
        var jumps = new ArrayList<Fault.Jump>();
        for (int i = Math.max(0, count - SIZE); i < count; i++) {
            jumps.add(new Fault.Jump(from[i & SIZE - 1], to[i & SIZE - 1]));
        }
        return jumps;
    }

    void clear() {
        count = 0;
    }
}
