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
    private final StateDatabase database;
    private volatile Duration ahead = Duration.ZERO;

    DatabaseClock(StateDatabase database) {
        this.database = database;
        set();
    }

    /** Looks at the database's clock. */
    void set() {
        if (database.isShared()) {
            database.jdbi().useHandle(handle -> {
                var before = Instant.now();
                var there = database.now(handle);
                var half = Duration.between(before, Instant.now()).dividedBy(2);
                ahead = Duration.between(before.plus(half), there);
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
