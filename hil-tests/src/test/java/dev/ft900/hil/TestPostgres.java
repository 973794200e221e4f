package dev.ft900.hil;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.ft900.ca.store.SharedDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/** A PostgreSQL server of its own on a free port of the loopback interface, with as many databases as tests want. */
final class TestPostgres implements AutoCloseable {
    private final EmbeddedPostgres server;

    private TestPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /** Where there is no PostgreSQL for the machine the test is left out, and says so; in CI that is a failure. */
    static TestPostgres start(Path folder) {
        try {
            return new TestPostgres(EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(folder.toFile())
                    // As a site has it; the library's own choice would not wait for the disk.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "100")
                    .start());
        } catch (IOException | IllegalStateException e) {
            return abort("needs a PostgreSQL that runs on this machine: " + e);
        }
    }

    /** A new and empty database. */
    SharedDatabase database(String name) throws SQLException {
        execute("create database " + name);
        return new SharedDatabase(
                "jdbc:postgresql://localhost:" + server.getPort() + "/" + name,
                Optional.of("postgres"),
                Optional.of("postgres"));
    }

    void execute(String statement) throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
