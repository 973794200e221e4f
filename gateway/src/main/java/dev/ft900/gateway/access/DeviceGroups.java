package dev.ft900.gateway.access;

import dev.ft900.ca.store.StateDatabase;
import dev.ft900.protocol.name.BoardId;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which boards belong together, so that somebody may be allowed all of a group. Safe for use by several threads and processes. */
public final class DeviceGroups {
    private final StateDatabase database;

    /** @param database with the gateway's tables */
    public DeviceGroups(StateDatabase database) {
        this.database = database;
    }

    /** The groups of a board. */
    public Set<String> of(BoardId board) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("select name from device_group where device = :device")
                        .bind("device", board.value())
                        .mapTo(String.class)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Puts a board into these groups and no others. */
    public void set(BoardId board, Set<String> groups) {
        database.jdbi().useTransaction(handle -> {
            handle.createUpdate("delete from device_group where device = :device")
                    .bind("device", board.value())
                    .execute();
            groups.forEach(
                    group -> handle.createUpdate("insert into device_group (device, name) values (:device, :name)")
                            .bind("device", board.value())
                            .bind("name", group)
                            .execute());
        });
    }
}
