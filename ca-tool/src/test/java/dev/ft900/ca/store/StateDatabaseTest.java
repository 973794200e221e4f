package dev.ft900.ca.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDatabaseTest {
    private static final int OPENERS = 8;
    private static final int ROUNDS = 5;
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String FOLDER = "dev/ft900/ca/store";

    @TempDir
    Path dir;

    @Test
    void theNewestMigrationIsTheOneThatTheCodeKnows() throws IOException {
        var newest = Files.list(Path.of("src/main/resources", FOLDER))
                .map(file -> file.getFileName().toString().replaceAll("V(\\d+)__.*", "$1"))
                .mapToInt(Integer::parseInt)
                .max()
                .orElseThrow();

        try (var database = StateDatabase.open(new StateFolder(dir))) {
            assertThat(versions(database)).containsExactly(String.valueOf(newest));
        }
        try (var again = StateDatabase.open(new StateFolder(dir))) {
            assertThat(versions(again)).containsExactly(String.valueOf(newest));
            assertThat(again.isAlive()).isTrue();
        }
    }

    private static List<String> versions(StateDatabase database) {
        return database.jdbi().withHandle(handle -> handle.createQuery(
                        "select version from ca_migrations where success = 1 and type = 'SQL' order by installed_rank desc limit 1")
                .mapTo(String.class)
                .list());
    }

    @Test
    void threadsThatOpenANewStateAtOnceAllGetIt() throws Exception {
        var threads = Executors.newFixedThreadPool(OPENERS);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                var state = new StateFolder(dir.resolve("state" + round));
                var start = new CyclicBarrier(OPENERS);
                var all = threads.invokeAll(Collections.<Callable<List<String>>>nCopies(OPENERS, () -> {
                    start.await();
                    try (var database = StateDatabase.openBriefly(state)) {
                        return versions(database);
                    }
                }));
                for (var one : all) {
                    assertThat(one.get()).hasSize(1);
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whoComesWhileAnotherMakesTheStateWaitsForIt() throws Exception {
        var state = new StateFolder(dir);
        var second = new Thread(() -> {
            try {
                StateDatabase.openBriefly(state).close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        var lock = new LockFile(dir.resolve("ft900.db.lock"));
        boolean isMade = lock.alone(() -> {
            second.start();
            await().atMost(LONG).until(() -> second.getState() == Thread.State.BLOCKED);
            return Files.exists(state.database());
        });
        second.join(LONG.toMillis());

        assertThat(isMade).isFalse();
        assertThat(state.database()).isNotEmptyFile();
    }

    @Test
    void aDatabaseThatIsSoundIsNotToBeMovedAwayFromUnderWhoeverWorksOnIt() throws IOException {
        var state = new StateFolder(dir);
        try (var database = StateDatabase.openBriefly(state)) {
            database.jdbi().useHandle(handle -> handle.execute("drop table ca_migrations"));
        }

        assertThatThrownBy(() -> StateDatabase.openBriefly(state))
                .hasMessageContaining("already exists")
                .hasMessageContaining("Start again")
                .hasMessageNotContaining("Move the file away");
    }

    @Test
    void waitsForTheDiskAndIsForItsOwnerAlone() throws IOException {
        var folder = new StateFolder(dir.resolve("state"));
        try (var database = StateDatabase.open(folder)) {
            assertThat(pragma(database, "journal_mode")).isEqualTo("wal");
            assertThat(pragma(database, "synchronous")).isEqualTo("2");
            assertThat(pragma(database, "foreign_keys")).isEqualTo("1");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.database())))
                .isEqualTo("rw-------");
    }

    private static String pragma(StateDatabase database, String name) {
        return database.jdbi()
                .withHandle(handle ->
                        handle.createQuery("pragma " + name).mapTo(String.class).one());
    }
}
