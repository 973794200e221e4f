package dev.ft900.ca.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ft900.ca.store.SharedDatabase;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseVariablesTest {
    private static final String URL = "jdbc:postgresql://db.example/ft900";
    private static final String PASSWORD = "tr0ubador";

    @TempDir
    private Path dir;

    private StateFolder state;

    @BeforeEach
    void name() {
        state = new StateFolder(dir.resolve("state"));
    }

    private void apply(String... variables) throws CommandException {
        var environment = new HashMap<String, String>();
        for (int i = 0; i < variables.length; i += 2) {
            environment.put("FT900_DATABASE_" + variables[i], variables[i + 1]);
        }
        DatabaseVariables.apply(state, Map.copyOf(environment));
    }

    @Test
    void aNewFolderRemembersWhatTheEnvironmentSays() throws Exception {
        apply("URL", URL, "USER", "ft900", "PASSWORD", PASSWORD);

        assertThat(SharedDatabase.load(state))
                .contains(new SharedDatabase(URL, Optional.of("ft900"), Optional.of(PASSWORD)));
    }

    @Test
    void whatIsNotSaidAgainStaysForTheSameDatabaseAndForNoOther() throws Exception {
        apply("URL", URL, "USER", "ft900", "PASSWORD", PASSWORD);
        apply("URL", URL);
        apply("PASSWORD", "new");
        assertThat(SharedDatabase.load(state))
                .contains(new SharedDatabase(URL, Optional.of("ft900"), Optional.of("new")));

        apply("URL", URL + "2");
        assertThat(SharedDatabase.load(state))
                .contains(new SharedDatabase(URL + "2", Optional.empty(), Optional.empty()));
    }

    @Test
    void withoutAUrlAFolderStaysWithItsFile() throws Exception {
        apply("USER", "ft900", "PASSWORD", PASSWORD);
        apply("URL", "");

        assertThat(state.path()).doesNotExist();
    }

    @Test
    void aFolderWithDataOfItsOwnIsNotTurnedAway() throws Exception {
        StateDatabase.openBriefly(state).close();

        assertThatThrownBy(() -> apply("URL", URL, "PASSWORD", PASSWORD))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("expected a new state folder")
                .message()
                .doesNotContain(PASSWORD);
        assertThat(state.sharedDatabase()).doesNotExist();
    }

    @Test
    void aUrlThatIsNoneOrAsksForTooLittleIsRefusedAndNotKept() {
        assertThatThrownBy(() -> apply("URL", "jdbc:postgresql://ft900:" + PASSWORD + "@db.example/ft900"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("FT900_DATABASE_URL")
                .message()
                .doesNotContain(PASSWORD);
        assertThatThrownBy(() -> apply("URL", URL + "?sslmode=require"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("expected sslmode=verify-full");
        assertThat(state.sharedDatabase()).doesNotExist();
    }
}
