package dev.ft900.gateway.store;

import dev.ft900.ca.store.StateDatabase;
import dev.ft900.protocol.name.GatewayName;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says to the other gateways on a database that this one works, once a second; who has not said so for ten seconds by the database's clock
 * is taken for dead. The one gateway on a database that is a file has its lease for ever. Safe for use by several threads.
 */
public final class GatewayLease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayLease.class);

    /** How long a gateway counts as alive after it last said so. */
    public static final Duration VALID = Duration.ofSeconds(10);

    private static final Duration BEAT = Duration.ofSeconds(1);
    /** A gateway of the same name that says nothing for so long was killed, and is not waited for any longer. */
    private static final Duration SILENT = Duration.ofSeconds(4);

    /** Between two renewals that succeed; after more, the others may have been kept from theirs as well. */
    private static final Duration BREAK = Duration.ofSeconds(3);

    private static final Duration LOOK = Duration.ofMillis(250);

    private final StateDatabase database;
    private final GatewayName name;
    private final String run = String.format("%08x", new SecureRandom().nextInt());
    private final DatabaseClock clock;
    private final Unbroken reached = new Unbroken(BREAK, System::nanoTime);
    private final CompletableFuture<Void> lost = new CompletableFuture<>();

    private record Holder(String run, long until) {}

    private GatewayLease(StateDatabase database, GatewayName name) {
        this.database = database;
        this.name = name;
        this.clock = new DatabaseClock(database);
    }

    /**
     * Takes the place of a gateway. What an earlier run of the same name left is from now on nobody's.
     *
     * @throws IOException a gateway of this name works on the database already
     */
    public static GatewayLease take(StateDatabase database, GatewayName name) throws IOException {
        var lease = new GatewayLease(database, name);
        if (database.isShared()) {
            lease.awaitSilence();
        }
        database.jdbi().useTransaction(lease::write);
        return lease;
    }

    private void awaitSilence() throws IOException {
        var first = holder();
        long deadline = System.nanoTime() + SILENT.toNanos();
        while (first.isPresent() && System.nanoTime() < deadline) {
            if (first.get().until() <= clock.millis()) {
                return;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while starting", e);
            }
            var now = holder();
            if (now.isPresent() && !now.equals(first)) {
                throw new IOException("expected to be the only gateway called " + name
                        + " on this database; another one works. Give each gateway a name of its own (setting name).");
            }
            first = now;
        }
    }

    private Optional<Holder> holder() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("select run, until from gateway_lease where name = :name")
                        .bind("name", name.value())
                        .map((rs, context) -> new Holder(rs.getString(1), rs.getLong(2)))
                        .findOne());
    }

    private void write(Handle handle) {
        if (database.isShared()) {
            handle.createUpdate("delete from gateway_lease where name = :name")
                    .bind("name", name.value())
                    .execute();
        } else {
            handle.execute("delete from gateway_lease");
        }
        handle.createUpdate("insert into gateway_lease (name, run, until) values (:name, :run, :until)")
                .bind("name", name.value())
                .bind("run", run)
                .bind("until", until(handle))
                .execute();
    }

    private long until(Handle handle) {
        return database.isShared() ? database.now(handle).plus(VALID).toEpochMilli() : Long.MAX_VALUE;
    }

    /** Renews it from now on. */
    public void start(ScheduledExecutorService own) {
        if (database.isShared()) {
            own.scheduleWithFixedDelay(this::beat, 0, BEAT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void beat() {
        try {
            clock.set();
            int renewed = database.jdbi().withHandle(handle -> handle.createUpdate(
                            "update gateway_lease set until = :until where run = :run")
                    .bind("until", until(handle))
                    .bind("run", run)
                    .execute());
            reached.works();
            if (renewed == 0 && lost.complete(null)) {
                LOG.error(
                        "another gateway called {} took this one's place on the database; this one ends. Give each a name of its own (setting name)",
                        name);
            }
        } catch (RuntimeException e) {
            LOG.warn("the database could not be told that this gateway works: {}", e.getMessage());
        }
    }

    /**
     * Whether a lease that has ended says that its gateway works no more. Not so when this one itself reached the database only a while
     * ago: after a restart of the database, all leases have ended and are about to be renewed.
     */
    public boolean canTellWhoIsDead() {
        return !database.isShared() || reached.hasWorkedFor(VALID);
    }

    /** Ends well when another gateway has taken this one's place: it must not go on. On the thread that renews the lease. */
    public CompletableFuture<Void> lost() {
        return lost;
    }

    /** Names this start of the gateway among all. */
    public String run() {
        return run;
    }

    /** The database's time, which is the same for all gateways on it. */
    public Clock clock() {
        return clock;
    }

    @Override
    public void close() {
        if (database.isShared()) {
            try {
                database.jdbi().useHandle(handle -> handle.createUpdate("delete from gateway_lease where run = :run")
                        .bind("run", run)
                        .execute());
            } catch (JdbiException e) {
                LOG.warn(
                        "the database could not be told that this gateway stops; the others wait {} s",
                        VALID.toSeconds());
            }
        }
    }
}
