package dev.ft900.ca.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The database of a state folder: SQLite in WAL mode with synchronous=FULL, so that several processes share it and none loses an
 * acknowledged row when it is killed. Safe for use by several threads.
 *
 * <p>Each module brings its own tables: a folder of migrations and a name for their history.
 */
public final class StateDatabase implements AutoCloseable {
    private static final int BUSY_MILLIS = 10_000;
    private static final int CONNECTIONS = 4;
    private static final int NEWEST_MIGRATION = 4;

    private final DataSource source;
    private final Jdbi jdbi;

    private StateDatabase(DataSource source) {
        this.source = source;
        this.jdbi = Jdbi.create(source);
    }

    /**
     * Opens the database of a state folder, making it if it is not there.
     *
     * @throws IOException the file cannot be made or is no database
     */
    public static StateDatabase open(StateFolder state) throws IOException {
        // By itself first: a file that is no database is reported at once, and not when the patience of the pool ends.
        openBriefly(state).close();
        return new StateDatabase(new HikariDataSource(poolOver(source(state))));
    }

    /**
     * The same for the time of one command: each piece of work has a connection of its own, and no pool is made that would take longer
     * than the work.
     */
    public static StateDatabase openBriefly(StateFolder state) throws IOException {
        return migrated(new StateDatabase(source(state)), state);
    }

    private static DataSource source(StateFolder state) throws IOException {
        state.create();
        restrict(state.database());
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        // A transaction takes the write lock when it begins: two that read first and write then could only fail.
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + state.database());
        return source;
    }

    private static StateDatabase migrated(StateDatabase database, StateFolder state) throws IOException {
        try {
            database.migrate("ca_migrations", "dev/ft900/ca/store", NEWEST_MIGRATION);
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw new IOException(
                    "expected a database of this toolkit in " + state.database() + "; it cannot be used: "
                            + e.getMessage() + ". Move the file away to start afresh, or restore it from a backup.",
                    e);
        }
    }

    private static HikariConfig poolOver(DataSource source) {
        var pool = new HikariConfig();
        pool.setDataSource(source);
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(BUSY_MILLIS);
        pool.setPoolName("state");
        return pool;
    }

    private static void restrict(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    /**
     * Brings a set of tables up to date.
     *
     * @param history name of the table that remembers which migrations ran
     * @param folder on the class path, with files named {@code V1__what.sql}
     * @param newest version of the newest migration in that folder
     */
    public void migrate(String history, String folder, int newest) {
        if (versionOf(history).equals(Optional.of(newest))) {
            // Nearly always: and then the library that migrates, which takes longer to load than all else, is not
            // needed.
            return;
        }
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:" + folder)
                .table(history)
                // The tables of one module are no surprise to the other.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }

    private Optional<Integer> versionOf(String history) {
        return jdbi.withHandle(handle -> {
            boolean there =
                    handle.createQuery("select count(*) from sqlite_master where type = 'table' and name = :name")
                                    .bind("name", history)
                                    .mapTo(int.class)
                                    .one()
                            == 1;
            return there
                    ? handle.createQuery("select max(cast(version as integer)) from <history> where success = 1")
                            .define("history", history)
                            .mapTo(Integer.class)
                            .findOne()
                    : Optional.empty();
        });
    }

    /** For the stores built on this database. */
    public Jdbi jdbi() {
        return jdbi;
    }

    /**
     * Writes a copy of one moment, beside whoever works on the database.
     *
     * @param file must not be there yet
     */
    public void copyTo(Path file) throws IOException {
        try {
            jdbi.useHandle(handle -> handle.createUpdate("vacuum into :file")
                    .bind("file", file.toString())
                    .execute());
        } catch (JdbiException e) {
            throw new IOException("expected to copy the database to " + file + "; " + e.getMessage(), e);
        }
    }

    /** @throws IOException the file is damaged */
    public void requireSound() throws IOException {
        var verdict = jdbi.withHandle(handle ->
                handle.createQuery("pragma integrity_check").mapTo(String.class).first());
        if (!verdict.equals("ok")) {
            throw new IOException("expected a sound database; it is damaged: " + verdict);
        }
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
