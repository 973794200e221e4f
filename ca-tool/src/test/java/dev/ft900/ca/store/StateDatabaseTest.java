package dev.ft900.ca.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDatabaseTest {
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
