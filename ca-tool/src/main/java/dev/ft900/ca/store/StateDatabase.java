package dev.ft900.ca.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The database of a state folder: SQLite in a file of it, or PostgreSQL where its {@code database.json} says so
 * ({@link SharedDatabase}). Several processes share it, and none loses an acknowledged row when it is killed. Transactions come one after
 * the other. Safe for use by several threads.
 *
 * <p>Each module brings its own tables: a folder of migrations and a name for their history.
 */
public final class StateDatabase implements AutoCloseable {
    private static final int NEWEST_MIGRATION = 5;

    private final Engine engine;
    private final DataSource source;
    private final Jdbi jdbi;

    private StateDatabase(Engine engine, DataSource source) {
        this.engine = engine;
        this.source = source;
        this.jdbi = engine.over(source);
    }

    /** Whether a state folder has a database. */
    public static boolean exists(StateFolder state) {
        return Files.exists(state.database()) || Files.exists(state.sharedDatabase());
    }

    /**
     * Opens the database of a state folder, making it if it is not there.
     *
     * @throws IOException the file cannot be made or is no database; or the server cannot be reached or refuses
     */
    public static StateDatabase open(StateFolder state) throws IOException {
        // By itself first: a file that is no database is reported at once, and not when the patience of the pool ends.
        var engine = engine(state);
        migrated(new StateDatabase(engine, engine.source())).close();
        return new StateDatabase(engine, new HikariDataSource(poolOver(engine)));
    }

    /**
     * The same for the time of one command: each piece of work has a connection of its own, and no pool is made that would take longer
     * than the work.
     */
    public static StateDatabase openBriefly(StateFolder state) throws IOException {
        var engine = engine(state);
        return migrated(new StateDatabase(engine, engine.source()));
    }

    private static Engine engine(StateFolder state) throws IOException {
        state.create();
        var shared = SharedDatabase.load(state);
        return shared.isPresent() ? new PostgresEngine(shared.get()) : SqliteEngine.of(state);
    }

    private static StateDatabase migrated(StateDatabase database) throws IOException {
        try {
            database.migrate("ca_migrations", "dev/ft900/ca/store", NEWEST_MIGRATION);
            return database;
        } catch (RuntimeException e) {
            database.close();
            var reason = StoreFailure.reason(e).map(words -> words + ": ").orElse("");
            throw new IOException(
                    "expected a database of this toolkit in " + database.engine.place() + "; it cannot be used: "
                            + reason + StoreFailure.words(e) + ". " + database.engine.advice(e),
                    e);
        }
    }

    private static HikariConfig poolOver(Engine engine) {
        var pool = new HikariConfig();
        pool.setDataSource(engine.source());
        pool.setMinimumIdle(1);
        pool.setPoolName("state");
        engine.size(pool);
        return pool;
    }

    /**
     * Brings a set of tables up to date.
     *
     * @param history name of the table that remembers which migrations ran
     * @param folder on the class path, with files named {@code V1__what.sql}
     * @param newest version of the newest migration in that folder
     */
    public void migrate(String history, String folder, int newest) {
        // Nearly always: and then the library that migrates, which takes longer to load than all else, is not needed.
        if (!isAt(history, newest)) {
            engine.migrate(() -> {
                // Another may have done it meanwhile.
                if (!isAt(history, newest)) {
                    migrateNow(history, folder);
                }
            });
        }
    }

    private boolean isAt(String history, int version) {
        return versionOf(history).equals(Optional.of(version));
    }

    private void migrateNow(String history, String folder) {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:" + folder)
                .table(history)
                .placeholders(Map.copyOf(engine.words()))
                // The tables of one module are no surprise to the other.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }

    private Optional<Integer> versionOf(String history) {
        return jdbi.withHandle(handle -> engine.hasTable(handle, history)
                ? handle.createQuery("select max(cast(version as integer)) from <history> where success")
                        .define("history", history)
                        .mapTo(Integer.class)
                        .findOne()
                : Optional.empty());
    }

    /** For the stores built on this database. */
    public Jdbi jdbi() {
        return jdbi;
    }

    /** The time by which all that work on it agree; for a file, this machine's. */
    public Instant now(Handle handle) {
        return engine.now(handle);
    }

    /** Whether other gateways may work on it at the same time: it is no file of the state folder. */
    public boolean isShared() {
        return engine.isShared();
    }

    /**
     * Writes a copy of one moment, beside whoever works on the database.
     *
     * @param file must not be there yet
     * @throws IOException it cannot be written; or the database is shared, and has backups of its own
     */
    public void copyTo(Path file) throws IOException {
        engine.copyTo(jdbi, file);
    }

    /** @throws IOException the database is damaged */
    public void requireSound() throws IOException {
        engine.requireSound(jdbi);
    }

    /** Whether the database can be reached now. */
    public boolean isAlive() {
        try (var connection = source.getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        if (source instanceof HikariDataSource pool) {
            pool.close();
        }
    }
}
