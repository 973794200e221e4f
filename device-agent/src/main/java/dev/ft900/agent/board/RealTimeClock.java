package dev.ft900.agent.board;

import dev.ft900.protocol.message.ClockState;
import java.time.Clock;

/**
 * The real-time clock: unset after power-on, counts whole seconds once set, goes on through a reset. Counts by the wall clock that it
 * is given.
 */
final class RealTimeClock {
    private final Clock wall;
    /** What to add to the wall clock's milliseconds; meaningless until set. */
    private long offsetMillis;

    private boolean set;

    RealTimeClock(Clock wall) {
        this.wall = wall;
    }

    /** The chip lost power, and with it the time. */
    void losePower() {
        set = false;
    }

    /** A new second begins at this moment. */
    void set(ClockState.Set to) {
        offsetMillis = Math.multiplyExact(to.epochSeconds(), 1000L) - wall.millis();
        set = true;
    }

    ClockState read() {
        if (!set) {
            return ClockState.UNSET;
        }
        // The counter has 32 bits and goes round.
        return new ClockState.Set(
                Math.floorDiv(wall.millis() + offsetMillis, 1000L) & ClockState.Set.MAX_EPOCH_SECONDS);
    }
}
