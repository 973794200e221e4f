package dev.ft900.gateway.store;

import java.time.Duration;
import java.util.function.LongSupplier;

/** For how long something that is tried regularly has worked without a break. Safe for use by several threads. */
final class Unbroken {
    private final Duration pause;
    private final LongSupplier nanos;
    private long since;
    private long last;

    /**
     * It works now.
     *
     * @param pause a longer one between two successes is a break
     * @param nanos monotonic time
     */
    Unbroken(Duration pause, LongSupplier nanos) {
        this.pause = pause;
        this.nanos = nanos;
        this.since = nanos.getAsLong();
        this.last = since;
    }

    synchronized void works() {
        if (isBroken()) {
            since = nanos.getAsLong();
        }
        last = nanos.getAsLong();
    }

    synchronized boolean hasWorkedFor(Duration time) {
        return !isBroken() && last - since >= time.toNanos();
    }

    private boolean isBroken() {
        return nanos.getAsLong() - last > pause.toNanos();
    }
}
