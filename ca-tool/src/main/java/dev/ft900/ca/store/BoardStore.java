package dev.ft900.ca.store;

import dev.ft900.protocol.message.FirmwareVersion;
import dev.ft900.protocol.message.MacAddress;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.provisioning.Uid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** Registered boards, within a transaction that the caller holds. */
public final class BoardStore {
    private final Handle handle;

    public BoardStore(Handle handle) {
        this.handle = handle;
    }

    /** @return false when the id is taken */
    public boolean add(BoardId id, Optional<BoardFacts> facts, Instant now) {
        boolean added = bindFacts(
                                handle.createUpdate("insert into board (id, uid, mac, chip_id, firmware, created_at)"
                                        + " values (:id, :uid, :mac, :chip, :firmware, :now) on conflict do nothing"),
                                facts)
                        .bind("id", id.value())
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
        if (added) {
            changed(id);
        }
        return added;
    }

    /** Replaces what a board said of itself. */
    public void setFacts(BoardId id, BoardFacts facts) {
        bindFacts(
                        handle.createUpdate("update board set uid = :uid, mac = :mac, chip_id = :chip,"
                                + " firmware = :firmware where id = :id"),
                        Optional.of(facts))
                .bind("id", id.value())
                .execute();
    }

    private static Update bindFacts(Update update, Optional<BoardFacts> facts) {
        return update.bind("uid", facts.map(f -> f.uid().toString()).orElse(null))
                .bind("mac", facts.map(f -> f.mac().toString()).orElse(null))
                .bind("chip", facts.map(BoardFacts::chipId).orElse(null))
                .bind("firmware", facts.map(f -> f.firmware().value()).orElse(null));
    }

    /** Notes with which certificate a board connected. */
    public void setSerial(BoardId id, String serial) {
        handle.createUpdate("update board set serial = :serial where id = :id")
                .bind("serial", serial)
                .bind("id", id.value())
                .execute();
    }

    public Optional<RegisteredBoard> find(BoardId id) {
        return handle.createQuery("select * from board where id = :id")
                .bind("id", id.value())
                .map((rs, context) -> board(rs))
                .findOne();
    }

    /** The boards with this MAC address. */
    public List<RegisteredBoard> findByMac(MacAddress mac) {
        return inOrder(
                handle.createQuery("select * from board where mac = :mac").bind("mac", mac.toString()));
    }

    /** All boards in the order of their ids. */
    public List<RegisteredBoard> list() {
        return inOrder(handle.createQuery("select * from board"));
    }

    /** By the characters' numbers: databases have orders of their own. */
    private static List<RegisteredBoard> inOrder(Query boards) {
        return boards.map((rs, context) -> board(rs)).stream()
                .sorted(Comparator.comparing(board -> board.id().value()))
                .toList();
    }

    /** @return false when there was no such board */
    public boolean remove(BoardId id) {
        boolean removed = handle.createUpdate("delete from board where id = :id")
                        .bind("id", id.value())
                        .execute()
                == 1;
        if (removed) {
            changed(id);
        }
        return removed;
    }

    private void changed(BoardId id) {
        handle.createUpdate("insert into board_change (board, seq)"
                        + " select :id, coalesce(max(seq), 0) + 1 from board_change where true"
                        + " on conflict (board) do update set seq = excluded.seq")
                .bind("id", id.value())
                .execute();
    }

    /** Which boards came or went after a certain change, oldest first. */
    public List<BoardChange> changedAfter(long sequence) {
        return handle.createQuery("select c.seq, c.board, b.id from board_change c left join board b on b.id = c.board"
                        + " where c.seq > :seq order by c.seq")
                .bind("seq", sequence)
                .map((rs, context) -> new BoardChange(
                        rs.getLong("seq"), new BoardId(rs.getString("board")), rs.getString("id") != null))
                .list();
    }

    private static RegisteredBoard board(ResultSet rs) throws SQLException {
        return new RegisteredBoard(
                new BoardId(rs.getString("id")),
                Optional.ofNullable(rs.getString("uid")).flatMap(uid -> facts(rs, uid)),
                Instant.ofEpochMilli(rs.getLong("created_at")),
                Optional.ofNullable(rs.getString("serial")));
    }

    private static Optional<BoardFacts> facts(ResultSet rs, String uid) {
        try {
            var chip = rs.getString("chip_id");
            var firmware = new FirmwareVersion(rs.getString("firmware"));
            return MacAddress.from(rs.getString("mac"))
                    .map(mac -> new BoardFacts(new Uid(HexFormat.of().parseHex(uid)), mac, chip, firmware));
        } catch (SQLException e) {
            throw new IllegalStateException("the board table has these columns", e);
        }
    }
}
