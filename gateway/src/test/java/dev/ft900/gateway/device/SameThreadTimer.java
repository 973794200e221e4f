package dev.ft900.gateway.device;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Does at once, on the calling thread, what is to be done now; what is to be done later happens when a test says so. */
final class SameThreadTimer extends ScheduledThreadPoolExecutor {
    private final Deque<Runnable> later = new ArrayDeque<>();
    private Runnable regular = () -> {};

    SameThreadTimer() {
        super(0);
    }

    @Override
    public void execute(Runnable work) {
        work.run();
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable work, long pause, TimeUnit unit) {
        later.add(work);
        return null;
    }

    /** Does what was to be done later first. */
    void runNext() {
        later.remove().run();
    }

    /** Does once what is done regularly. */
    void tick() {
        regular.run();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable work, long first, long pause, TimeUnit unit) {
        regular = work;
        return null;
    }
}
