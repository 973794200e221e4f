package dev.ft900.hil;

import dev.ft900.ca.authority.Authority;
import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.BoardStore;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.store.GatewayDatabase;
import dev.ft900.protocol.name.BoardId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept is kept alike by every database, and by several servers on one: the databases of these tests. */
@Tag("scale-suite")
@ParameterizedClass
@EnumSource
abstract class Stores {
    enum Kind {
        SQLITE,
        POSTGRESQL
    }

    static final BoardId BOARD = new BoardId("board1");
    static final int WRITERS = 4;

    @TempDir
    private static Path servers;

    private static TestPostgres postgres;
    private static int count;

    @Parameter
    Kind kind;

    @TempDir
    Path dir;

    StateFolder state;
    StateDatabase database;
    StateDatabase other;
    Authority authority;
    Enrolment enrolment;

    @BeforeEach
    void open() throws Exception {
        state = new StateFolder(dir.resolve("state"));
        if (kind == Kind.POSTGRESQL) {
            if (postgres == null) {
                postgres = TestPostgres.start(servers);
            }
            saveNewDatabase(state);
        }
        database = GatewayDatabase.migrate(StateDatabase.open(state));
        other = GatewayDatabase.migrate(StateDatabase.openBriefly(state));
        authority = new AuthorityFolder(state, database, Clock.systemUTC()).openOrCreate();
        enrolment = new Enrolment(database, authority, Clock.systemUTC());
    }

    /** On PostgreSQL: notes a database of its own in a state folder. */
    static void saveNewDatabase(StateFolder folder) throws Exception {
        postgres.database("test" + ++count).save(folder);
    }

    @AfterEach
    void close() {
        database.close();
        other.close();
    }

    @AfterAll
    static void stop() throws IOException {
        if (postgres != null) {
            postgres.close();
            postgres = null;
        }
    }

    void register() {
        database.jdbi().useTransaction(handle -> new BoardStore(handle).add(BOARD, Optional.empty(), Instant.EPOCH));
    }

    void rename(String table, String to) {
        database.jdbi().useHandle(handle -> handle.execute("alter table " + table + " rename to " + to));
    }
}
