package dev.ft900.hil;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.ft900.ca.store.SharedDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A PostgreSQL server of its own on a free port of the loopback interface, with as many databases as tests want. */
final class TestPostgres implements AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Path folder;
    private final Map<String, String> settings;
    /** Not of those that outgoing connections take, also while the server is down. */
    private final int port;

    private EmbeddedPostgres server;

    private TestPostgres(Path folder, Map<String, String> settings) throws IOException {
        this.folder = folder;
        this.settings = settings;
        this.port = TestPorts.free();
        this.server = builder().start();
    }

    private EmbeddedPostgres.Builder builder() {
        var builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder.toFile())
                .setDataDirectory(data())
                .setPort(port)
                .setCleanDataDirectory(false)
                // The library's own ten seconds are few for a recovery on a machine where others work.
                .setPGStartupWait(LONG)
                // As a site has it; the library's own choice would not wait for the disk.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "100");
        settings.forEach(builder::setServerConfig);
        return builder;
    }

    private Path data() {
        return folder.resolve("data");
    }

    /** Where there is no PostgreSQL for the machine the test is left out, and says so; in CI that is a failure. */
    static TestPostgres start(Path folder) {
        return start(folder, Map.of());
    }

    /** The same with more of PostgreSQL's settings. */
    static TestPostgres start(Path folder, Map<String, String> settings) {
        try {
            return new TestPostgres(folder, settings);
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

    /** How a server is told to stop (PostgreSQL's manual, "Shutting Down the Server"). */
    enum Stop {
        /** Ends all sessions. */
        FAST("INT"),
        /** Ends at once, as in a crash; the next start recovers what was committed. */
        IMMEDIATE("QUIT");

        private final String signal;

        Stop(String signal) {
            this.signal = signal;
        }
    }

    /** Returns when it has stopped. */
    void stop(Stop how) throws Exception {
        var file = data().resolve("postmaster.pid");
        var pid = Files.readAllLines(file).get(0).strip();
        new ProcessBuilder("kill", "-" + how.signal, pid).start().waitFor();
        // Not for the end of the process, which is seen only when somebody has asked for its exit code.
        await().atMost(LONG).until(() -> !Files.exists(file));
        // Only lets go of the folder.
        server.close();
    }

    /** On the same port, with the same data. */
    void startAgain() throws IOException {
        server = builder().start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
