package dev.ft900.gateway.access;

import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StoreFailure;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
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

    private static final Place NEWEST = new Place(Long.MAX_VALUE, Long.MAX_VALUE, "");

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
     * @param token id of the caller's token: names need not be unique; empty for a certificate, and for nobody
     * @param remote address from which it came
     * @param status of the answer
     * @param times how often; more than once only for {@link Refusals}
     */
    public record Entry(
            Instant at,
            String caller,
            Optional<String> token,
            String remote,
            String requestId,
            String method,
            String path,
            int status,
            long times) {
        /** Once, and without a token. */
        public Entry(
                Instant at, String caller, String remote, String requestId, String method, String path, int status) {
            this(at, caller, Optional.empty(), remote, requestId, method, path, status, 1);
        }
    }

    /**
     * Some of the writes, newest first.
     *
     * @param next where those begin that are older; empty when there are none
     */
    public record Page(List<Entry> entries, Optional<Place> next) {}

    /**
     * An entry's place among all.
     *
     * @param at in milliseconds since 1970
     */
    public record Place(long at, long number, String run) {
        private static final Pattern FORM = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})-([0-9a-f]{8})");

        /** The place that this text stands for; empty for none. */
        public static Optional<Place> from(String text) {
            var matcher = FORM.matcher(text);
            return matcher.matches()
                    ? Optional.of(new Place(
                            Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)), matcher.group(3)))
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return at + "-" + number + "-" + run;
        }
    }

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
        return page(Optional.empty(), most).entries();
    }

    /** @param after the page before this one ended there; empty for the newest */
    public Page page(Optional<Place> after, int most) {
        var from = after.orElse(NEWEST);
        var rows = database.jdbi()
                .withHandle(handle -> handle.createQuery("select * from audit where at < :at or at = :at"
                                + " and (number < :number or number = :number and run < :run)"
                                + " order by at desc, number desc, run desc limit :most")
                        .bind("at", from.at())
                        .bind("number", from.number())
                        .bind("run", from.run())
                        .bind("most", most + 1)
                        .map((rs, context) -> Map.entry(
                                new Place(rs.getLong("at"), rs.getLong("number"), rs.getString("run")), entry(rs)))
                        .list());
        var shown = rows.subList(0, Math.min(most, rows.size()));
        return new Page(
                shown.stream().map(Map.Entry::getValue).toList(),
                rows.size() > most ? Optional.of(shown.get(most - 1).getKey()) : Optional.empty());
    }

    private static Entry entry(ResultSet rs) throws SQLException {
        return new Entry(
                Instant.ofEpochMilli(rs.getLong("at")),
                rs.getString("caller"),
                Optional.ofNullable(rs.getString("token")),
                rs.getString("remote"),
                rs.getString("request_id"),
                rs.getString("method"),
                rs.getString("path"),
                rs.getInt("status"),
                rs.getLong("times"));
    }

    /** Forgets what is older than that, and of the rest what is beyond so many. */
    public void forget(Instant before, int most) {
        database.jdbi().useHandle(handle -> {
            handle.createUpdate("delete from audit where at < :before")
                    .bind("before", before.toEpochMilli())
                    .execute();
            handle.createUpdate(
                            "delete from audit where at < (select at from audit order by at desc limit 1 offset :most)")
                    .bind("most", most - 1)
                    .execute();
        });
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
                        "insert into audit (run, number, at, caller, token, remote, request_id, method, path, status, times)"
                                + " values (:run, :number, :at, :caller, :token, :remote, :request, :method, :path, :status,"
                                + " :times)"
                                // After a commit that was not confirmed they are there already.
                                + " on conflict do nothing");
                for (var numbered : batch) {
                    var entry = numbered.entry();
                    insert.bind("run", run)
                            .bind("number", numbered.number())
                            .bind("at", entry.at().toEpochMilli())
                            .bind("caller", entry.caller())
                            .bind("token", entry.token().orElse(null))
                            .bind("times", entry.times())
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
