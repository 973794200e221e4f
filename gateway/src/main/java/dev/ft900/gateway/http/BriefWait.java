package dev.ft900.gateway.http;

import dev.ft900.gateway.device.CommandService;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;

/**
 * Lets a thread that serves a request wait a moment for what it asked for. Most boards answer within a millisecond, and a thread that is
 * still there goes on with the answer at once, where another would have to be found, woken, and told. Only when little else is under
 * way, and not for long: busy threads have better things to do, and slow boards take none from others. Safe for use by several threads.
 */
final class BriefWait {
    /** With more commands than this under way, threads have something else to do than to wait. */
    private static final int MOST_WAITED_FOR = 2;

    private static final Duration WAIT = Duration.ofMillis(10);

    private final IntSupplier underWay;
    private final int most;
    private final long nanos;

    /**
     * @param underWay how much is waited for at present, by whomever
     * @param most at how much of it a thread may still wait
     * @param longest how long
     */
    BriefWait(IntSupplier underWay, int most, Duration longest) {
        this.underWay = underWay;
        this.most = most;
        this.nanos = longest.toNanos();
    }

    /** For the answers of boards. */
    static BriefWait of(CommandService commands) {
        return new BriefWait(commands::underWay, MOST_WAITED_FOR, WAIT);
    }

    /** Whether it has come to its end, good or bad; after a moment if that is needed. */
    boolean isOver(CompletableFuture<?> awaited) {
        if (awaited.isDone()) {
            return true;
        }
        if (underWay.getAsInt() > most) {
            return false;
        }
        try {
            awaited.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException e) {
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
