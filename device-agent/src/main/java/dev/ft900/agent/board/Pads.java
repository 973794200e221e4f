package dev.ft900.agent.board;

import dev.ft900.protocol.pad.Direction;
import dev.ft900.protocol.pad.Edge;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import dev.ft900.protocol.pad.PadSet;
import dev.ft900.protocol.pad.PadState;
import dev.ft900.protocol.pad.PadsState;
import dev.ft900.protocol.pad.Pull;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * The 67 pads (hardware sheet 4.2): what the board drives, what the outside drives, and the level that comes of both. After reset
 * every pad is an input, pads 0 to 2 with pull-up, the others with pull-down. A pad that the board drives keeps its level against
 * the outside; an input that nobody drives follows its pull, or reads low without one.
 */
final class Pads {
    private static final PadSet PULLED_UP_AT_RESET = PadSet.of(0, 1, 2);

    private final Direction[] direction = new Direction[Pad.COUNT];
    private final Pull[] pull = new Pull[Pad.COUNT];
    private final Edge[] edge = new Edge[Pad.COUNT];
    private final boolean[] latch = new boolean[Pad.COUNT];
    /** What the outside drives; null where it lets go. */
    private final Level[] outside = new Level[Pad.COUNT];

    private final Level[] level = new Level[Pad.COUNT];
    private final BiConsumer<Pad, Level> onReportedEdge;
    private PadSet reserved = PadSet.RESERVED;

    /** @param onReportedEdge called when an input changes in a way that was asked to be reported */
    Pads(BiConsumer<Pad, Level> onReportedEdge) {
        this.onReportedEdge = onReportedEdge;
        Arrays.fill(level, Level.LOW);
        reset(PadSet.NONE);
    }

    /** Puts every pad into its reset state. What the outside drives stays. */
    void reset(PadSet alsoReserved) {
        reserved = PadSet.RESERVED.union(alsoReserved);
        Arrays.fill(edge, Edge.NONE);
        Arrays.fill(latch, false);
        for (int pad = 0; pad < Pad.COUNT; pad++) {
            direction[pad] = Direction.IN;
            pull[pad] = PULLED_UP_AT_RESET.contains(new Pad(pad)) ? Pull.UP : Pull.DOWN;
            settle(pad);
        }
    }

    boolean isReserved(Pad pad) {
        return reserved.contains(pad);
    }

    PadSet reserved() {
        return reserved;
    }

    Direction direction(Pad pad) {
        return direction[pad.number()];
    }

    Level level(Pad pad) {
        return level[pad.number()];
    }

    PadState state(Pad pad) {
        int n = pad.number();
        return new PadState(pad, direction[n], pull[n], edge[n], level[n], isReserved(pad));
    }

    PadsState state() {
        var high = PadSet.NONE;
        var out = PadSet.NONE;
        var openDrain = PadSet.NONE;
        var up = PadSet.NONE;
        var down = PadSet.NONE;
        var keeper = PadSet.NONE;
        for (var pad : PadSet.ALL.pads()) {
            int n = pad.number();
            high = level[n] == Level.HIGH ? high.with(pad) : high;
            out = direction[n] == Direction.OUT ? out.with(pad) : out;
            openDrain = direction[n] == Direction.OPEN_DRAIN ? openDrain.with(pad) : openDrain;
            up = pull[n] == Pull.UP ? up.with(pad) : up;
            down = pull[n] == Pull.DOWN ? down.with(pad) : down;
            keeper = pull[n] == Pull.KEEPER ? keeper.with(pad) : keeper;
        }
        return new PadsState(high, out, openDrain, up, down, keeper, reserved);
    }

    void setDirection(Pad pad, Direction to) {
        direction[pad.number()] = to;
        settle(pad.number());
    }

    void setPull(Pad pad, Pull to) {
        pull[pad.number()] = to;
        settle(pad.number());
    }

    void setEdge(Pad pad, Edge to) {
        edge[pad.number()] = to;
    }

    /** Writes the output latch. */
    void write(Pad pad, Level to) {
        latch[pad.number()] = to == Level.HIGH;
        settle(pad.number());
    }

    /** The outside drives a pad. */
    void drive(Pad pad, Level to) {
        outside[pad.number()] = to;
        settle(pad.number());
    }

    /** The outside lets go of a pad. */
    void release(Pad pad) {
        outside[pad.number()] = null;
        settle(pad.number());
    }

    private void settle(int n) {
        var before = level[n];
        level[n] = resolve(n);
        if (before != level[n] && direction[n] == Direction.IN && edge[n].reports(level[n])) {
            onReportedEdge.accept(new Pad(n), level[n]);
        }
    }

    private Level resolve(int n) {
        if (direction[n] == Direction.OUT || direction[n] == Direction.OPEN_DRAIN && !latch[n]) {
            return Level.of(latch[n]);
        }
        if (outside[n] != null) {
            return outside[n];
        }
        return switch (pull[n]) {
            case UP -> Level.HIGH;
            case KEEPER -> level[n];
            case DOWN, NONE -> Level.LOW;
        };
    }
}
