package dev.ft900.gateway.store;

import dev.ft900.ca.store.StateDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The time of a shared database, as this machine's clock and how far the two were apart at the last look; this machine's where the database
 * is a file of it. Safe for use by several threads.
 */
final class DatabaseClock extends Clock {
    /** An answer that took longer says too little about when it was given. */
    private static final Duration SLOW = Duration.ofSeconds(1);

    private final StateDatabase database;
    private volatile Duration ahead = Duration.ZERO;
    private volatile boolean isSet;

    DatabaseClock(StateDatabase database) {
        this.database = database;
        set();
    }

    /** Looks at the database's clock; keeps what it knows when the answer is slow. */
    void set() {
        if (database.isShared()) {
            database.jdbi().useHandle(handle -> {
                var before = Instant.now();
                var there = database.now(handle);
                var took = Duration.between(before, Instant.now());
                if (!isSet || took.compareTo(SLOW) < 0) {
                    ahead = Duration.between(before.plus(took.dividedBy(2)), there);
                    isSet = true;
                }
            });
        }
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("instants only");
    }
}
