package dev.ft900.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.access.AuditLog.Entry;
import dev.ft900.gateway.store.GatewayDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    private static final Instant NOW = Instant.parse("2026-11-29T20:00:00Z");

    @TempDir
    Path dir;

    private StateDatabase database;

    @BeforeEach
    void open() throws IOException {
        database = GatewayDatabase.migrate(StateDatabase.open(new StateFolder(dir)));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static Entry entry(String id, Instant at) {
        return new Entry(at, "ci", "::1", id, "PUT", "/a", 200);
    }

    /** Two logs on one database, as two gateways have; several entries at the same moment. */
    private AuditLog written(int entries) {
        var one = new AuditLog(database);
        var other = new AuditLog(database);
        for (int i = 0; i < entries; i++) {
            (i % 2 == 0 ? one : other).note(entry("r" + i, NOW.plusMillis(i / 4)));
        }
        one.close();
        other.close();
        return one;
    }

    @Test
    void pagesFollowOneAnotherWithoutGapOrDouble() {
        var log = written(10);
        var seen = new ArrayList<Entry>();

        var page = log.page(Optional.empty(), 3);
        seen.addAll(page.entries());
        while (page.next().isPresent()) {
            page = log.page(AuditLog.Place.from(page.next().get().toString()), 3);
            seen.addAll(page.entries());
        }

        assertThat(seen).hasSize(10).doesNotHaveDuplicates().isEqualTo(log.last(100));
        assertThat(seen.get(0).at()).isEqualTo(NOW.plusMillis(2));
    }

    @Test
    void whatIsOldOrTooMuchIsForgotten() {
        var log = written(10);

        log.forget(NOW.plusMillis(1), 100);
        assertThat(log.last(100)).extracting(Entry::at).hasSize(6).doesNotContain(NOW);

        log.forget(NOW, 2);
        assertThat(log.last(100)).extracting(Entry::at).containsOnly(NOW.plusMillis(2));
    }

    @Test
    void theTokensIdStandsBesideTheName() {
        var log = new AuditLog(database);
        log.note(new Entry(NOW, "ci", Optional.of("1f3a09bc"), "::1", "r", "PUT", "/a", 200, 1));
        log.close();

        assertThat(log.last(1)).extracting(Entry::token).containsExactly(Optional.of("1f3a09bc"));
    }

    @Test
    void refusalsOfNobodyAreOneEntryForEachAddressAndMinute() {
        var log = new AuditLog(database);
        var refusals = new Refusals(log);
        for (var id : List.of("first", "second", "third")) {
            refusals.note(new Entry(NOW, "", "192.0.2.1", id, "POST", "/a", 401));
        }
        refusals.note(new Entry(NOW.plusSeconds(30), "", "192.0.2.2", "other", "POST", "/b", 429));

        refusals.flush(NOW.plusSeconds(59));
        refusals.flush(NOW.plusSeconds(60));
        refusals.flush(NOW.plusSeconds(61));
        log.close();

        assertThat(log.last(10)).hasSize(1).first().satisfies(one -> {
            assertThat(one.requestId()).isEqualTo("first");
            assertThat(one.remote()).isEqualTo("192.0.2.1");
            assertThat(one.times()).isEqualTo(3);
        });
    }
}
