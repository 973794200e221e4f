package dev.ft900.agent.serial;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * The speed of a wire: a byte is ten bits, and no byte arrives before its time. One direction, one thread.
 */
final class WirePace {
    private static final int BITS_PER_BYTE = 10;

    private static final long BACK_AT_ONCE_NANOS = 200_000;

    private volatile long nanosPerByte;
    private final LongSupplier nanos;
    private final LongConsumer sleepNanos;
    private long freeAt;
    private long returnedAt;

    /**
     * @param baud bits per second
     * @param nanos monotonic time
     * @param sleepNanos waits so many nanoseconds, or a little longer
     */
    WirePace(int baud, LongSupplier nanos, LongConsumer sleepNanos) {
        rate(baud);
        this.nanos = nanos;
        this.sleepNanos = sleepNanos;
        this.freeAt = nanos.getAsLong();
        this.returnedAt = freeAt - BACK_AT_ONCE_NANOS;
    }

    /** Bytes go at this rate from now on. May be called from any thread. */
    void rate(int baud) {
        nanosPerByte = BITS_PER_BYTE * 1_000_000_000L / baud;
    }

    /** Waits until so many bytes have all passed, the first of which found the wire free or waited for it. */
    void pass(int bytes) {
        long now = nanos.getAsLong();
        // Who comes back at once was not late: it is the sleep that took longer than asked, and the wire ran on
        // meanwhile.
        boolean busy = now - returnedAt < BACK_AT_ONCE_NANOS;
        freeAt = (busy ? freeAt : Math.max(freeAt, now)) + bytes * nanosPerByte;
        for (long left = freeAt - now; left > 0; left = freeAt - nanos.getAsLong()) {
            sleepNanos.accept(left);
        }
        returnedAt = nanos.getAsLong();
    }
}
