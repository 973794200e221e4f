package dev.ft900.board.machine;

import dev.ft900.board.clock.SimClock;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Never ahead of the wall clock, for live input. When the host is too slow, virtual time lags; the lag is not caught up with by running faster than real time later on
 * only if it exceeds {@link #FORGIVEN_NANOS}: then the excess is given up, and counted.
 */
public final class WallPace implements Pace {
    /** Lag that is caught up with as soon as the host can. */
    public static final long FORGIVEN_NANOS = 1_000_000_000;

    private static final long NANOS_PER_CYCLE = 1_000_000_000 / SimClock.HERTZ;

    private final LongSupplier nanoTime;
    private final LongConsumer parkNanos;
    private long origin;
    private boolean started;
    private long lag;
    private long worstLag;
    private long lost;

    /**
     * @param nanoTime a clock like {@link System#nanoTime}
     * @param parkNanos waits that long, or less when there is input
     */
    public WallPace(LongSupplier nanoTime, LongConsumer parkNanos) {
        this.nanoTime = nanoTime;
        this.parkNanos = parkNanos;
    }

    @Override
    public void at(long cycles) {
        long virtual = cycles * NANOS_PER_CYCLE;
        long now = nanoTime.getAsLong();
        if (!started) {
            origin = now - virtual;
            started = true;
        }
        long ahead = virtual - (now - origin);
        lag = Math.max(0, -ahead);
        worstLag = Math.max(worstLag, lag);
        if (lag > FORGIVEN_NANOS) {
            long excess = lag - FORGIVEN_NANOS;
            origin += excess;
            lost += excess;
        }
        if (ahead > 0) {
            parkNanos.accept(ahead);
        }
    }

    /** How far virtual time is behind, in nanoseconds. */
    public long lagNanos() {
        return lag;
    }

    /** The largest lag so far, in nanoseconds. */
    public long worstLagNanos() {
        return worstLag;
    }

    /** Real time that virtual time will never have had, in nanoseconds. */
    public long lostNanos() {
        return lost;
    }
}
