package dev.ft900.agent.board;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;

/** A board's thread that a test turns by hand: nothing happens until it says so, and no time passes but what it lets pass. */
final class ManualLoop implements BoardLoop {
    private final Queue<Runnable> work = new ArrayDeque<>();
    private final List<Due> timers = new ArrayList<>();
    private long now;

    private record Due(long at, Runnable work) {}

    @Override
    public void execute(Runnable later) {
        work.add(later);
    }

    @Override
    public Timer schedule(Duration delay, Runnable later) {
        var due = new Due(now + delay.toNanos(), later);
        timers.add(due);
        return () -> timers.remove(due);
    }

    @Override
    public long nanos() {
        return now;
    }

    /** Runs all that is to be run now. */
    void run() {
        while (!work.isEmpty()) {
            work.remove().run();
        }
    }

    /** Lets time pass, and runs what falls due in it, in order. */
    void advance(Duration time) {
        run();
        long end = now + time.toNanos();
        while (true) {
            var next = timers.stream().min(Comparator.comparingLong(Due::at)).filter(due -> due.at() <= end);
            if (next.isEmpty()) {
                break;
            }
            timers.remove(next.get());
            now = next.get().at();
            next.get().work().run();
            run();
        }
        now = end;
    }
}
