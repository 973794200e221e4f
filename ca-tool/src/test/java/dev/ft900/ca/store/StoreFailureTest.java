package dev.ft900.ca.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a database from working is told from what is a fault of the program, with the errors that SQLite really gives. */
class StoreFailureTest {
    @TempDir
    Path dir;

    private StateDatabase database;

    @BeforeEach
    void open() throws IOException {
        database = StateDatabase.open(new StateFolder(dir));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Throwable failing(String... statements) {
        return catchThrowable(() -> database.jdbi().useHandle(handle -> {
            for (var statement : statements) {
                handle.execute(statement);
            }
        }));
    }

    @Test
    void aLockThatAnotherProcessHolds() throws SQLException {
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("ft900.db"));
                var statement = other.createStatement()) {
            statement.execute("begin immediate");

            var failure = failing("pragma busy_timeout = 50", "delete from board");

            assertThat(StoreFailure.reason(failure))
                    .hasValueSatisfying(reason -> assertThat(reason).contains("lock"));
        }
    }

    @Test
    void aDiskThatIsFull() {
        var failure = failing(
                "pragma max_page_count = 1",
                "create table big (t text)",
                "insert into big values (hex(zeroblob(1000000)))");

        assertThat(StoreFailure.reason(failure)).contains("the disk is full");
    }

    @Test
    void aConnectionThatBreaksInUseLeavesTheOutcomeUnknownAndOneThatIsNotMadeDoesNot() {
        var broken = new SQLException("An I/O error occurred while sending to the backend.", "08006");

        assertThat(StoreFailure.reason(broken)).contains("the database cannot be reached");
        assertThat(StoreFailure.leavesOutcomeUnknown(new IllegalStateException(broken)))
                .isTrue();
        assertThat(StoreFailure.leavesOutcomeUnknown(new SQLTransientConnectionException("no connection", broken)))
                .isFalse();
        assertThat(StoreFailure.leavesOutcomeUnknown(new SQLException("terminating connection", "57P01")))
                .isFalse();
        assertThat(StoreFailure.leavesOutcomeUnknown(failing("select nonsense from nowhere")))
                .isFalse();
    }

    @Test
    void aFaultOfTheProgramIsNone() {
        assertThat(StoreFailure.reason(failing("select nonsense from nowhere"))).isEmpty();
        assertThat(StoreFailure.reason(failing("insert into board (id) values (null)")))
                .isEmpty();
        assertThat(StoreFailure.reason(new IllegalStateException())).isEmpty();
    }
}
