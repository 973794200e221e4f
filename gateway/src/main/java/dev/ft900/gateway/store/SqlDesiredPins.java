package dev.ft900.gateway.store;

import dev.ft900.ca.store.StateDatabase;
import dev.ft900.gateway.device.DesiredPin;
import dev.ft900.gateway.device.DesiredPinStore;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.pad.Pad;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Desired states in the database. */
public final class SqlDesiredPins implements DesiredPinStore {
    private final Jdbi jdbi;

    public SqlDesiredPins(StateDatabase database) {
        this.jdbi = database.jdbi();
    }

    @Override
    public void put(DesiredPin desired) {
        jdbi.useHandle(handle -> handle.createUpdate("insert into desired_pin (device, pin, payload, set_at, set_by)"
                        + " values (:device, :pin, :payload, :at, :by)"
                        + " on conflict (device, pin) do update set payload = excluded.payload,"
                        + " set_at = excluded.set_at, set_by = excluded.set_by")
                .bind("device", desired.board().value())
                .bind("pin", desired.write().pad().number())
                .bind("payload", Payloads.write(desired.write()))
                .bind("at", desired.setAt().toEpochMilli())
                .bind("by", desired.setBy())
                .execute());
    }

    @Override
    public boolean remove(BoardId board, Pad pad) {
        return jdbi.withHandle(
                        handle -> handle.createUpdate("delete from desired_pin where device = :device and pin = :pin")
                                .bind("device", board.value())
                                .bind("pin", pad.number())
                                .execute())
                == 1;
    }

    @Override
    public List<DesiredPin> of(BoardId board) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from desired_pin where device = :device order by pin")
                        .bind("device", board.value())
                        .map((rs, context) -> new DesiredPin(
                                board,
                                (Command.WritePad) Payloads.read(rs.getString("payload")),
                                Instant.ofEpochMilli(rs.getLong("set_at")),
                                rs.getString("set_by")))
                        .list());
    }
}
