package dev.ft900.gateway.device;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Does at once, on the calling thread, what is to be done now; what is to be done later never happens. */
final class SameThreadTimer extends ScheduledThreadPoolExecutor {
    SameThreadTimer() {
        super(0);
    }

    @Override
    public void execute(Runnable work) {
        work.run();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable work, long first, long pause, TimeUnit unit) {
        return null;
    }
}
