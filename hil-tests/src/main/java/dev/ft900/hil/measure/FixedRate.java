package dev.ft900.hil.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls made at fixed moments, whether those before are answered or not, by callers with a connection each. A call's time counts from the
 * moment at which it was to be made: what makes one call wait is not hidden by making the next one later.
 */
final class FixedRate {
    private static final int OK = 200;
    private static final int CALLERS = 16;

    private final Callable<KeepAliveConnection> connections;
    private final RequestAt requests;
    private final long periodNanos;

    /** The bytes of the call with a number. For several threads. */
    @FunctionalInterface
    interface RequestAt {
        byte[] number(int n);
    }

    FixedRate(Callable<KeepAliveConnection> connections, RequestAt requests, int perSecond) {
        this.connections = connections;
        this.requests = requests;
        this.periodNanos = 1_000_000_000L / perSecond;
    }

    /** Times of all calls; how many were not answered with 200; calls per second as it came out. */
    record Outcome(Samples times, long otherAnswers, double perSecond) {}

    Outcome run(int calls) throws IOException {
        var next = new AtomicInteger();
        var others = new AtomicLong();
        var nanos = new long[calls];
        var callers = Executors.newFixedThreadPool(CALLERS);
        try {
            var open = new ArrayList<KeepAliveConnection>();
            for (int i = 0; i < CALLERS; i++) {
                open.add(connections.call());
            }
            long start = System.nanoTime() + periodNanos;
            var running = new ArrayList<Future<?>>();
            for (var http : open) {
                running.add(callers.submit(() -> {
                    try (http) {
                        for (int n = next.getAndIncrement(); n < calls; n = next.getAndIncrement()) {
                            long due = start + n * periodNanos;
                            awaitMoment(due);
                            if (http.exchange(requests.number(n)) != OK) {
                                others.incrementAndGet();
                            }
                            nanos[n] = System.nanoTime() - due;
                        }
                    }
                    return null;
                }));
            }
            for (var caller : running) {
                caller.get();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            var times = new Samples(calls);
            for (long sample : nanos) {
                times.add(sample);
            }
            return new Outcome(times, others.get(), calls / seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while measuring", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            callers.shutdownNow();
        }
    }

    private static void awaitMoment(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
