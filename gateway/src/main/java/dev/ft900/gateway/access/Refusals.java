package dev.ft900.gateway.access;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes that were refused because nobody knows who sent them, for the audit log: anybody can send any number of those, so each address has
 * one entry a minute, which says how often. Safe for use by several threads.
 */
public final class Refusals {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MOST_ADDRESSES = 10_000;

    private final AuditLog log;
    private final Map<String, Counted> counted = new HashMap<>();

    private record Counted(AuditLog.Entry first, long times) {
        Counted again() {
            return new Counted(first, times + 1);
        }

        AuditLog.Entry entry() {
            return new AuditLog.Entry(
                    first.at(),
                    first.caller(),
                    first.token(),
                    first.remote(),
                    first.requestId(),
                    first.method(),
                    first.path(),
                    first.status(),
                    times);
        }
    }

    public Refusals(AuditLog log) {
        this.log = log;
    }

    /** One more; returns at once. */
    public synchronized void note(AuditLog.Entry refusal) {
        if (counted.size() >= MOST_ADDRESSES) {
            writeAll();
        }
        counted.merge(refusal.remote(), new Counted(refusal, 1), (before, one) -> before.again());
    }

    /** Writes those whose minute is over. */
    public synchronized void flush(Instant now) {
        for (var one : List.copyOf(counted.values())) {
            // Either way: the clock may be set back.
            if (Duration.between(one.first().at(), now).abs().compareTo(MINUTE) >= 0) {
                write(one);
            }
        }
    }

    /** Writes all. */
    public synchronized void writeAll() {
        List.copyOf(counted.values()).forEach(this::write);
    }

    private void write(Counted one) {
        counted.remove(one.first().remote());
        log.note(one.entry());
    }
}
