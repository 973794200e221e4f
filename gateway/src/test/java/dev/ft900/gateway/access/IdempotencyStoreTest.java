package dev.ft900.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.store.GatewayDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdempotencyStoreTest {
    @TempDir
    Path dir;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-29T20:00:00Z"));
    private final Clock clock =
            InstantSource.offset((InstantSource) now::get, Duration.ZERO).withZone(ZoneOffset.UTC);
    private StateDatabase database;
    private IdempotencyStore store;

    @BeforeEach
    void open() throws IOException {
        database = GatewayDatabase.migrate(StateDatabase.open(new StateFolder(dir)));
        store = new IdempotencyStore(database, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anAnswerIsKeptForADay() {
        assertThat(store.begin("ci", "key", "print")).isEmpty();
        now.updateAndGet(before -> before.plus(Duration.ofHours(23)));
        assertThat(store.begin("ci", "key", "print")).isPresent();

        now.updateAndGet(before -> before.plus(Duration.ofHours(2)));

        assertThat(store.begin("ci", "key", "print")).isEmpty();
    }

    @Test
    void oldAnswersAreLookedForByTheirIndex() {
        var plan = database.jdbi().withHandle(handle -> handle.createQuery(
                        "explain query plan delete from idempotent_answer where created_at < 1")
                .map((rs, context) -> rs.getString("detail"))
                .one());

        assertThat(plan).contains("idempotent_answer_created");
    }
}
