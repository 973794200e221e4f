package dev.ft900.gateway.device;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A timer whose time passes when the test says so. */
final class ManualTimer {
    private final List<Due> due = new ArrayList<>();
    private long now;

    private record Due(long at, Runnable work) {}

    ScheduledExecutorService executor() {
        var executor = mock(ScheduledExecutorService.class);
        when(executor.schedule(any(Runnable.class), anyLong(), any())).thenAnswer(call -> {
            TimeUnit unit = call.getArgument(2);
            var task = new Due(now + unit.toNanos(call.getArgument(1)), call.getArgument(0));
            due.add(task);
            var future = mock(ScheduledFuture.class);
            when(future.cancel(false)).thenAnswer(cancel -> due.remove(task));
            return future;
        });
        return executor;
    }

    long nanos() {
        return now;
    }

    void advance(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
        var ready = due.stream()
                .filter(task -> task.at() <= now)
                .sorted(Comparator.comparingLong(Due::at))
                .toList();
        due.removeAll(ready);
        ready.forEach(task -> task.work().run());
    }

    int waiting() {
        return due.size();
    }
}
