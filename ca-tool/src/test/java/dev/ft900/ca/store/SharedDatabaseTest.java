package dev.ft900.ca.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedDatabaseTest {
    @TempDir
    Path dir;

    private static SharedDatabase at(String url) {
        return new SharedDatabase(url, Optional.of("ft900"), Optional.of("tr0ubador"));
    }

    @Test
    void aStateFolderRemembersItForItsOwnerAlone() throws IOException {
        var state = new StateFolder(dir.resolve("state"));
        assertThat(SharedDatabase.load(state)).isEmpty();
        assertThat(StateDatabase.exists(state)).isFalse();

        at("jdbc:postgresql://db.example:5433/ft900").save(state);

        assertThat(SharedDatabase.load(state)).contains(at("jdbc:postgresql://db.example:5433/ft900"));
        assertThat(StateDatabase.exists(state)).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.sharedDatabase())))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "postgresql://db/ft900",
                "jdbc:sqlite:ft900.db",
                "jdbc:postgresql:ft900",
                "jdbc:postgresql://db",
                "jdbc:postgresql://ft900:tr0ubador@db/ft900",
                "jdbc:postgresql://db/ft900?password=tr0ubador",
                "jdbc:postgresql://db/ft900?ssl=true&PASSWORD=tr0ubador",
                "jdbc:postgresql://db/ft900?user=ft900"
            })
    void whatIsNoUrlOrHoldsASecretIsRefusedWithoutShowingIt(String text) {
        assertThatThrownBy(() -> at(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("tr0ubador");
    }

    @Test
    void noMessageShowsThePassword() throws IOException {
        assertThat(at("jdbc:postgresql://db/ft900").toString())
                .contains("db/ft900")
                .doesNotContain("tr0ubador");

        var state = new StateFolder(dir).create();
        Files.writeString(state.sharedDatabase(), "{\"url\": \"tr0ubador\", \"password\": \"tr0ubador\", ");
        assertThatThrownBy(() -> SharedDatabase.load(state))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("database.json")
                .message()
                .doesNotContain("tr0ubador");
    }

    @Test
    void aServerThatIsNotThereIsReportedAtOnce() throws IOException {
        var state = new StateFolder(dir);
        at("jdbc:postgresql://localhost:1/ft900").save(state);

        assertThatThrownBy(() -> StateDatabase.open(state))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("jdbc:postgresql://localhost:1/ft900")
                .hasMessageContaining("cannot be reached")
                .message()
                .doesNotContain("tr0ubador");
        assertThat(state.database()).doesNotExist();
    }
}
