package dev.ft900.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.ca.store.BoardStore;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.store.GatewayDatabase;
import dev.ft900.protocol.name.BoardId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceGroupsTest {
    private static final BoardId BOARD = new BoardId("board1");

    @TempDir
    Path dir;

    private final AtomicLong nanos = new AtomicLong();
    private StateDatabase database;
    private DeviceGroups groups;

    @BeforeEach
    void open() throws IOException {
        database = GatewayDatabase.migrate(StateDatabase.open(new StateFolder(dir)));
        database.jdbi().useTransaction(handle -> new BoardStore(handle).add(BOARD, Optional.empty(), Instant.EPOCH));
        groups = new DeviceGroups(database, nanos::get);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatAnotherProcessSetIsKnownWithinASecond() {
        assertThat(groups.lately(BOARD)).isEmpty();
        new DeviceGroups(database).set(BOARD, Set.of("left"));
        assertThat(groups.lately(BOARD)).isEmpty();

        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));

        assertThat(groups.lately(BOARD)).containsExactly("left");
    }

    @Test
    void whatWasSetHereIsKnownAtOnce() {
        assertThat(groups.lately(BOARD)).isEmpty();

        groups.set(BOARD, Set.of("left"));

        assertThat(groups.lately(BOARD)).containsExactly("left");
    }

    @Test
    void whoeverAsksAgainWithinTheSecondCostsNoQuery() {
        groups.set(BOARD, Set.of("left"));
        assertThat(groups.lately(BOARD)).containsExactly("left");
        database.close();

        assertThat(groups.lately(BOARD)).containsExactly("left");
        assertThat(groups.lately(new BoardId("board2"))).isEmpty();
    }

    @Test
    void groupsGoWithTheirBoard() {
        groups.set(BOARD, Set.of("left"));

        database.jdbi().useTransaction(handle -> {
            new BoardStore(handle).remove(BOARD);
            new BoardStore(handle).add(BOARD, Optional.empty(), Instant.EPOCH);
        });

        assertThat(groups.of(BOARD)).isEmpty();
    }
}
