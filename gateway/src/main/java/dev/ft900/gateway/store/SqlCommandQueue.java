package dev.ft900.gateway.store;

import dev.ft900.ca.store.StateDatabase;
import dev.ft900.gateway.device.CommandQueueStore;
import dev.ft900.gateway.device.Origin;
import dev.ft900.gateway.device.QueuedCommand;
import dev.ft900.gateway.device.QueuedCommand.State;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.CommandId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Jdbi;

/**
 * Queued commands in the database, which several gateways may share. One that is on its way belongs to the gateway that sent it, as long
 * as that one has its {@link GatewayLease}.
 */
public final class SqlCommandQueue implements CommandQueueStore {
    private final Jdbi jdbi;
    private final String run;
    private final BooleanSupplier canTellWhoIsDead;

    /**
     * @param run names this start of this gateway
     * @param canTellWhoIsDead whether a lease that has ended says that its gateway works no more
     */
    public SqlCommandQueue(StateDatabase database, String run, BooleanSupplier canTellWhoIsDead) {
        this.jdbi = database.jdbi();
        this.run = run;
        this.canTellWhoIsDead = canTellWhoIsDead;
    }

    @Override
    public void add(QueuedCommand command) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "insert into queued_command (id, number, device, request_id, caller, payload, state, created_at, deadline)"
                                + " values (:id, (select coalesce(max(number), 0) + 1 from queued_command),"
                                + " :device, :request, :caller, :payload, :state, :created, :deadline)")
                .bind("id", command.id())
                .bind("device", command.board().value())
                .bind("request", command.origin().requestId())
                .bind("caller", command.origin().caller())
                .bind("payload", Payloads.write(command.command()))
                .bind("state", command.state().word())
                .bind("created", command.created().toEpochMilli())
                .bind("deadline", command.deadline().toEpochMilli())
                .execute());
    }

    @Override
    public Optional<QueuedCommand> find(BoardId board, String id) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from queued_command where id = :id and device = :device")
                        .bind("id", id)
                        .bind("device", board.value())
                        .map((rs, context) -> command(rs))
                        .findOne());
    }

    @Override
    public List<QueuedCommand> of(BoardId board, int most) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from queued_command where device = :device order by number desc, id limit :most")
                .bind("device", board.value())
                .bind("most", most)
                .map((rs, context) -> command(rs))
                .list());
    }

    @Override
    public Optional<QueuedCommand> next(BoardId board) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from queued_command where device = :device and state in ('queued', 'sent')"
                                + " order by number, id limit 1")
                .bind("device", board.value())
                .map((rs, context) -> command(rs))
                .findOne()
                .filter(oldest -> oldest.state() == State.QUEUED));
    }

    @Override
    public List<BoardId> waiting() {
        return jdbi.withHandle(
                handle -> handle.createQuery("select distinct device from queued_command where state = 'queued'")
                        .map((rs, context) -> new BoardId(rs.getString(1)))
                        .list());
    }

    @Override
    public int waitingInAll() {
        return jdbi.withHandle(
                handle -> handle.createQuery("select count(*) from queued_command where state = 'queued'")
                        .mapTo(int.class)
                        .one());
    }

    @Override
    public int waiting(BoardId board) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select count(*) from queued_command where device = :device and state = 'queued'")
                .bind("device", board.value())
                .mapTo(int.class)
                .one());
    }

    @Override
    public boolean hasOpen(BoardId board) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from queued_command"
                                + " where device = :device and state in ('queued', 'sent')")
                        .bind("device", board.value())
                        .mapTo(int.class)
                        .one()
                > 0);
    }

    @Override
    public boolean claim(String id, CommandId as, Instant now) {
        return jdbi.withHandle(handle -> handle.createUpdate(
                                "update queued_command set state = 'sent', command_id = :command, owner = :run"
                                        + " where id = :id and state = 'queued' and deadline > :now"
                                        // Of two that were added at once another gateway may see the other one first.
                                        + " and not exists (select 1 from queued_command other"
                                        + " where other.device = queued_command.device and other.state = 'sent')")
                        .bind("id", id)
                        .bind("now", now.toEpochMilli())
                        .bind("command", as.value())
                        .bind("run", run)
                        .execute())
                == 1;
    }

    @Override
    public void again(String id) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update queued_command set state = 'queued', command_id = null, owner = null"
                                + " where id = :id and state = 'sent' and owner = :run")
                .bind("id", id)
                .bind("run", run)
                .execute());
    }

    @Override
    public void ended(String id, State state, String outcome, String detail, Instant at) {
        jdbi.useHandle(handle -> handle.createUpdate("update queued_command set state = :state, outcome = :outcome,"
                        + " detail = :detail, ended_at = :at where id = :id"
                        + " and (state = 'queued' or state = 'sent' and owner = :run)")
                .bind("id", id)
                .bind("run", run)
                .bind("state", state.word())
                .bind("outcome", outcome)
                .bind("detail", detail)
                .bind("at", at.toEpochMilli())
                .execute());
    }

    @Override
    public void expire(Instant now) {
        jdbi.useHandle(handle -> handle.createUpdate("update queued_command set state = 'expired',"
                        + " outcome = 'board-offline', ended_at = :now,"
                        + " detail = case when deadline <= :now"
                        + " then 'the board was not there before the deadline; nothing was sent'"
                        + " else 'the gateway''s clock was set back, and its time may be over; nothing was sent' end"
                        + " where state = 'queued' and (deadline <= :now or created_at > :future)")
                .bind("now", now.toEpochMilli())
                .bind("future", now.plus(QueuedCommand.CLOCK_SLEW).toEpochMilli())
                .execute());
    }

    @Override
    public int interrupted(Instant now) {
        var alive = canTellWhoIsDead.getAsBoolean() ? now : Instant.EPOCH;
        return jdbi.withHandle(handle -> handle.createUpdate("update queued_command set state = 'failed',"
                        + " outcome = 'no-answer', ended_at = :now,"
                        + " detail = 'the gateway stopped before the board answered; whether it was carried out is unknown'"
                        + " where state = 'sent' and (owner is null or owner <> :run"
                        + " and owner not in (select run from gateway_lease where until > :alive))")
                .bind("run", run)
                .bind("now", now.toEpochMilli())
                .bind("alive", alive.toEpochMilli())
                .execute());
    }

    @Override
    public void forget(Instant before) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from queued_command where ended_at < :before")
                .bind("before", before.toEpochMilli())
                .execute());
    }

    private static QueuedCommand command(ResultSet rs) throws SQLException {
        long ended = rs.getLong("ended_at");
        var endedAt = rs.wasNull() ? Optional.<Instant>empty() : Optional.of(Instant.ofEpochMilli(ended));
        return new QueuedCommand(
                rs.getString("id"),
                new BoardId(rs.getString("device")),
                new Origin(rs.getString("request_id"), rs.getString("caller")),
                Payloads.read(rs.getString("payload")),
                State.from(rs.getString("state")).orElseThrow(),
                Instant.ofEpochMilli(rs.getLong("created_at")),
                Instant.ofEpochMilli(rs.getLong("deadline")),
                Optional.ofNullable(rs.getString("command_id")),
                endedAt,
                Optional.ofNullable(rs.getString("outcome")),
                Optional.ofNullable(rs.getString("detail")).orElse(""));
    }
}
