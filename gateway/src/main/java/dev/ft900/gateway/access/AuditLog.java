package dev.ft900.gateway.access;

import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StoreFailure;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every write, by whom and with what result. Writing is done by a thread of its own, many entries in one transaction, so that no request
 * waits for the disk; an entry is on disk within about a second, or when the database is back. What comes faster than the disk takes it,
 * beyond {@value #WAITING} entries, is counted and said in the log instead.
 */
public final class AuditLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

    private static final int WAITING = 20_000;
    private static final int AT_ONCE = 1_000;
    private static final int STOP_SECONDS = 5;
    private static final int AGAIN_MILLIS = 500;

    private final StateDatabase database;
    private final String run = String.format("%08x", new SecureRandom().nextInt());
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final BlockingQueue<Numbered> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Thread writer;
    private volatile boolean closing;

    /**
     * One write.
     *
     * @param remote address from which it came
     * @param status of the answer
     */
    public record Entry(
            Instant at, String caller, String remote, String requestId, String method, String path, int status) {}

    private record Numbered(long number, Entry entry) {}

    /** @param database with the gateway's tables */
    public AuditLog(StateDatabase database) {
        this.database = database;
        writer = new Thread(this::write, "audit");
        writer.setDaemon(true);
        writer.start();
    }

    /** Notes a write. Returns at once. */
    public void note(Entry entry) {
        if (!waiting.offer(new Numbered(count.incrementAndGet(), entry)) && lost.incrementAndGet() % AT_ONCE == 1) {
            LOG.error("the audit log does not keep up; {} entries are lost so far", lost.get());
        }
    }

    /** The last writes, newest first. */
    public List<Entry> last(int most) {
        return database.jdbi().withHandle(handle -> handle.createQuery(
                        "select * from audit order by at desc, number desc limit :most")
                .bind("most", most)
                .map((rs, context) -> new Entry(
                        Instant.ofEpochMilli(rs.getLong("at")),
                        rs.getString("caller"),
                        rs.getString("remote"),
                        rs.getString("request_id"),
                        rs.getString("method"),
                        rs.getString("path"),
                        rs.getInt("status")))
                .list());
    }

    private void write() {
        var batch = new ArrayList<Numbered>();
        try {
            while (!closing || !waiting.isEmpty()) {
                var first = waiting.poll(200, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, AT_ONCE - 1);
                    storeAll(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void storeAll(List<Numbered> batch) throws InterruptedException {
        for (; ; ) {
            // Looked at before the try: there is one more after somebody has asked to stop.
            boolean isLastTry = closing;
            if (isStored(batch, isLastTry) || isLastTry) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
        }
    }

    private boolean isStored(List<Numbered> batch, boolean isLastTry) {
        try {
            database.jdbi().useTransaction(handle -> {
                var insert = handle.prepareBatch(
                        "insert into audit (run, number, at, caller, remote, request_id, method, path, status)"
                                + " values (:run, :number, :at, :caller, :remote, :request, :method, :path, :status)"
                                // After a commit that was not confirmed they are there already.
                                + " on conflict do nothing");
                for (var numbered : batch) {
                    var entry = numbered.entry();
                    insert.bind("run", run)
                            .bind("number", numbered.number())
                            .bind("at", entry.at().toEpochMilli())
                            .bind("caller", entry.caller())
                            .bind("remote", entry.remote())
                            .bind("request", entry.requestId())
                            .bind("method", entry.method())
                            .bind("path", entry.path())
                            .bind("status", entry.status())
                            .add();
                }
                insert.execute();
            });
            return true;
        } catch (RuntimeException e) {
            report(batch, e, isLastTry);
            return false;
        }
    }

    private void report(List<Numbered> batch, RuntimeException failure, boolean isLastTry) {
        var reason = StoreFailure.reason(failure).orElse(String.valueOf(failure.getMessage()));
        if (isLastTry) {
            lost.addAndGet(batch.size());
            LOG.error("{} entries of the audit log are lost: {}", batch.size(), reason);
        } else {
            LOG.warn("{} entries of the audit log cannot be written; trying again: {}", batch.size(), reason);
        }
    }

    /** How many entries were lost since the start. */
    public long lost() {
        return lost.get();
    }

    /** Writes what waits, and stops. */
    @Override
    public void close() {
        closing = true;
        try {
            writer.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
