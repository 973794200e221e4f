package dev.ft900.gateway.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets some of the threads that serve requests wait a moment for what they asked for. Most boards answer within a millisecond, and a thread
 * that is still there goes on with the answer at once, where another would have to be found, woken, and told. Only a few wait at a
 * time, and none for long, so that slow boards take no threads from others. Safe for use by several threads.
 */
final class BriefWait {
    private final Semaphore free;
    private final long nanos;

    /**
     * @param most how many threads may wait at the same time
     * @param longest how long each of them may
     */
    BriefWait(int most, Duration longest) {
        this.free = new Semaphore(most);
        this.nanos = longest.toNanos();
    }

    /** Whether it has come to its end, good or bad; after a moment if that is needed and there is a place to wait. */
    boolean isOver(CompletableFuture<?> awaited) {
        if (awaited.isDone()) {
            return true;
        }
        if (!free.tryAcquire()) {
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
        } finally {
            free.release();
        }
    }
}
