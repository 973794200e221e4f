package dev.ft900.gateway.store;

import dev.ft900.ca.store.StateDatabase;
import dev.ft900.gateway.device.CommandRecord;
import dev.ft900.gateway.device.Hops;
import dev.ft900.gateway.device.Origin;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.CommandId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the gateways on a shared database of one another's commands that changed a board: what ended here is written down, many in one
 * transaction, and what ended elsewhere is read, five times a second. Numbers are given in the order of the transactions, so that nothing
 * is passed over. What could not be written is written when the database is back; one whose commit was not confirmed may be told twice.
 * {@link #ended} may be called by any thread and returns at once; the rest is done by one.
 */
public final class EndedCommands implements CommandRecord.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(EndedCommands.class);

    private static final int WAITING = 20_000;
    private static final int AT_ONCE = 1_000;
    private static final Duration PERIOD = Duration.ofMillis(200);
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final StateDatabase database;
    private final String run;
    private final Clock clock;
    private final CommandRecord.Listener others;
    private final BlockingQueue<CommandRecord> waiting = new ArrayBlockingQueue<>(WAITING);
    private final AtomicLong lost = new AtomicLong();
    /** What is being written; kept until it is. */
    private final List<CommandRecord> batch = new ArrayList<>();

    private long last;
    private Instant swept = Instant.EPOCH;

    /**
     * @param run of this gateway
     * @param others is told of what ended elsewhere
     */
    public EndedCommands(StateDatabase database, String run, Clock clock, CommandRecord.Listener others) {
        this.database = database;
        this.run = run;
        this.clock = clock;
        this.others = others;
    }

    /** Begins with what ends from now on. */
    public void start(ScheduledExecutorService own) {
        last = database.jdbi()
                .withHandle(handle -> handle.createQuery("select coalesce(max(number), 0) from ended_command")
                        .mapTo(long.class)
                        .one());
        own.scheduleWithFixedDelay(this::exchange, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void ended(CommandRecord ended) {
        if (ended.command().changesTheBoard() && !waiting.offer(ended) && lost.incrementAndGet() % AT_ONCE == 1) {
            LOG.error("the database does not keep up; the other gateways miss {} ends of commands so far", lost.get());
        }
    }

    /** Writes what waits, and reads what is new. */
    public synchronized void exchange() {
        try {
            waiting.drainTo(batch, AT_ONCE - batch.size());
            while (!batch.isEmpty()) {
                write();
                batch.clear();
                waiting.drainTo(batch, AT_ONCE);
            }
            read();
        } catch (RuntimeException e) {
            // An exception would end the exchange; the next one may find the database well again.
            LOG.warn("ends of commands cannot be exchanged with other gateways: {}", e.getMessage());
        }
    }

    private void write() {
        var now = clock.instant();
        database.jdbi().useTransaction(handle -> {
            if (swept.isBefore(now.minus(KEPT))) {
                // But never the last, from which the numbers go on.
                handle.createUpdate("delete from ended_command where at < :before"
                                + " and number < (select max(number) from ended_command)")
                        .bind("before", now.minus(KEPT).toEpochMilli())
                        .execute();
                swept = now;
            }
            long number = handle.createQuery("select coalesce(max(number), 0) from ended_command")
                    .mapTo(long.class)
                    .one();
            var insert = handle.prepareBatch("insert into ended_command (number, run, at, device, request_id, caller,"
                    + " payload, command_id, taken_at, outcome, detail, hop_queue, hop_out, hop_board, hop_back, total)"
                    + " values (:number, :run, :at, :device, :request, :caller, :payload, :command, :taken, :outcome,"
                    + " :detail, :queue, :out, :board, :back, :total)");
            for (var ended : batch) {
                insert.bind("number", ++number)
                        .bind("run", run)
                        .bind("at", now.toEpochMilli())
                        .bind("device", ended.board().value())
                        .bind("request", ended.origin().requestId())
                        .bind("caller", ended.origin().caller())
                        .bind("payload", Payloads.write(ended.command()))
                        .bind("command", ended.id().map(CommandId::value).orElse(null))
                        .bind("taken", ended.at().toEpochMilli())
                        .bind("outcome", ended.outcome())
                        .bind("detail", ended.detail())
                        .bind("queue", ended.hops().queue())
                        .bind("out", ended.hops().brokerOut())
                        .bind("board", ended.hops().board())
                        .bind("back", ended.hops().brokerBack())
                        .bind("total", ended.total().toNanos() / 1_000)
                        .add();
            }
            insert.execute();
        });
    }

    private record Row(long number, String run, CommandRecord ended) {}

    private void read() {
        List<Row> rows;
        do {
            rows = database.jdbi().withHandle(handle -> handle.createQuery(
                            "select * from ended_command where number > :last order by number limit :most")
                    .bind("last", last)
                    .bind("most", AT_ONCE)
                    .map((rs, context) -> row(rs))
                    .list());
            for (var row : rows) {
                if (!row.run().equals(run)) {
                    others.ended(row.ended());
                }
                last = row.number();
            }
        } while (rows.size() == AT_ONCE);
    }

    private static Row row(ResultSet rs) throws SQLException {
        return new Row(
                rs.getLong("number"),
                rs.getString("run"),
                new CommandRecord(
                        Optional.ofNullable(rs.getString("command_id")).map(CommandId::new),
                        new Origin(rs.getString("request_id"), rs.getString("caller")),
                        new BoardId(rs.getString("device")),
                        Payloads.read(rs.getString("payload")),
                        Instant.ofEpochMilli(rs.getLong("taken_at")),
                        rs.getString("outcome"),
                        rs.getString("detail"),
                        new Hops(
                                rs.getLong("hop_queue"),
                                rs.getLong("hop_out"),
                                rs.getLong("hop_board"),
                                rs.getLong("hop_back")),
                        Duration.ofNanos(rs.getLong("total") * 1_000)));
    }
}
