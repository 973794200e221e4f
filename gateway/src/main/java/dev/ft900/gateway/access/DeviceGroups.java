package dev.ft900.gateway.access;

import dev.ft900.ca.store.StateDatabase;
import dev.ft900.protocol.name.BoardId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Which boards belong together, so that somebody may be allowed all of a group. Safe for use by several threads and processes. */
public final class DeviceGroups {
    private static final Duration MEMORY = Duration.ofSeconds(1);

    private final StateDatabase database;
    private final LongSupplier nanos;
    private volatile Remembered remembered;

    private record Remembered(Map<String, Set<String>> byBoard, long at) {}

    /** @param database with the gateway's tables */
    public DeviceGroups(StateDatabase database) {
        this(database, System::nanoTime);
    }

    /** @param nanos monotonic time */
    public DeviceGroups(StateDatabase database, LongSupplier nanos) {
        this.database = database;
        this.nanos = nanos;
    }

    /** The groups of a board as they were at most a second ago: for who asks about many boards, or about one again and again. */
    public Set<String> lately(BoardId board) {
        var known = remembered;
        if (known == null || nanos.getAsLong() - known.at() >= MEMORY.toNanos()) {
            known = new Remembered(all(), nanos.getAsLong());
            remembered = known;
        }
        return known.byBoard().getOrDefault(board.value(), Set.of());
    }

    private Map<String, Set<String>> all() {
        return database.jdbi().withHandle(handle -> handle
                .createQuery("select device, name from device_group")
                .map((rs, context) -> Map.entry(rs.getString("device"), rs.getString("name")))
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet()))));
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
        remembered = null;
    }
}
