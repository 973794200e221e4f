package dev.ft900.gateway.access;

import dev.ft900.ca.store.StateDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Answers to writes that carried an {@code Idempotency-Key}, so that a write which is sent again is answered again and not done again. That
 * a write has begun is on disk before it is done. Kept for a day. Safe for use by several threads and processes.
 */
public final class IdempotencyStore {
    private static final Duration KEPT = Duration.ofDays(1);
    private static final Duration SWEEP = Duration.ofMinutes(1);

    private final StateDatabase database;
    private final Clock clock;
    private volatile Instant swept = Instant.EPOCH;

    /** @param database with the gateway's tables */
    public IdempotencyStore(StateDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** An answer that was given; a status of 0 stands for none yet. */
    public record Answer(String fingerprint, int status, String mediaType, String location, String body) {}

    /**
     * Begins a write.
     *
     * @param fingerprint of what is asked
     * @return what is known of this key already; empty when it is new, and the write is to be done
     */
    public Optional<Answer> begin(String caller, String key, String fingerprint) {
        return database.jdbi().inTransaction(handle -> {
            sweep(handle);
            var known = handle.createQuery("select * from idempotent_answer where caller = :caller and name = :name")
                    .bind("caller", caller)
                    .bind("name", key)
                    .map((rs, context) -> new Answer(
                            rs.getString("fingerprint"),
                            rs.getInt("status"),
                            rs.getString("media_type"),
                            rs.getString("location"),
                            rs.getString("body")))
                    .findOne();
            if (known.isEmpty()) {
                handle.createUpdate("insert into idempotent_answer (caller, name, fingerprint, created_at, status)"
                                + " values (:caller, :name, :fingerprint, :now, 0)")
                        .bind("caller", caller)
                        .bind("name", key)
                        .bind("fingerprint", fingerprint)
                        .bind("now", clock.millis())
                        .execute();
            }
            return known;
        });
    }

    private void sweep(Handle handle) {
        var now = clock.instant();
        // A clock that was set back sweeps at once.
        if (Duration.between(swept, now).abs().compareTo(SWEEP) >= 0) {
            handle.createUpdate("delete from idempotent_answer where created_at < :before")
                    .bind("before", now.minus(KEPT).toEpochMilli())
                    .execute();
            swept = now;
        }
    }

    /** The write was answered. */
    public void answered(String caller, String key, Answer answer) {
        database.jdbi().useHandle(handle -> handle.createUpdate(
                        "update idempotent_answer set status = :status, media_type = :type, location = :location,"
                                + " body = :body where caller = :caller and name = :name")
                .bind("caller", caller)
                .bind("name", key)
                .bind("status", answer.status())
                .bind("type", answer.mediaType())
                .bind("location", answer.location())
                .bind("body", answer.body())
                .execute());
    }

    /** Nothing was done: the same key may try again. */
    public void forget(String caller, String key) {
        database.jdbi().useHandle(handle -> handle.createUpdate(
                        "delete from idempotent_answer where caller = :caller and name = :name")
                .bind("caller", caller)
                .bind("name", key)
                .execute());
    }
}
