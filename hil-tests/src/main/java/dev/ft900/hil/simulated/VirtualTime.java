package dev.ft900.hil.simulated;

import dev.ft900.agent.board.BoardLoop;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.PriorityQueue;

/** Time that passes only when somebody waits, and what is due in it. For one thread. */
final class VirtualTime implements BoardLoop {
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private long now;
    private long count;

    private record Due(long at, long order, Runnable work) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }

    @Override
    public void execute(Runnable work) {
        at(now, work);
    }

    @Override
    public Timer schedule(Duration delay, Runnable work) {
        var entry = at(now + delay.toNanos(), work);
        return () -> due.remove(entry);
    }

    /** Something is due at a time; at once if that is past. */
    Due at(long nanos, Runnable work) {
        var entry = new Due(Math.max(now, nanos), count++, work);
        due.add(entry);
        return entry;
    }

    @Override
    public long nanos() {
        return now;
    }

    /** Does what is due next, if it is due by then; else lets time pass until then. @return whether something was due */
    boolean step(long until) {
        var next = due.peek();
        if (next == null || next.at() > until) {
            now = Math.max(now, until);
            return false;
        }
        due.remove();
        now = next.at();
        next.work().run();
        return true;
    }

    /** Forgets all that was to come. */
    void clear() {
        due.clear();
    }

    /** A clock that starts at an instant. */
    Clock clock(Instant start) {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return start.plusNanos(now);
            }
        };
    }
}
