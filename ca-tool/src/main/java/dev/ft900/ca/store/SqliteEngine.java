package dev.ft900.ca.store;

import com.zaxxer.hikari.HikariConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * SQLite in WAL mode with synchronous=FULL, so that several processes share the file and none loses an acknowledged row when it is killed.
 */
final class SqliteEngine implements Engine {
    private static final int BUSY_MILLIS = 10_000;
    private static final int CONNECTIONS = 4;

    private final Path file;
    private final SQLiteDataSource source;

    private SqliteEngine(Path file, SQLiteDataSource source) {
        this.file = file;
        this.source = source;
    }

    /** Makes the file if it is not there. */
    static SqliteEngine of(StateFolder state) throws IOException {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        // A transaction takes the write lock when it begins: two that read first and write then could only fail.
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + state.database());
        var engine = new SqliteEngine(state.database(), source);
        if (engine.isNew()) {
            engine.lock().alone(engine::begin);
        }
        FileModes.set(state.database(), FileModes.OWNER_FILE);
        return engine;
    }

    private boolean isNew() throws IOException {
        return !Files.exists(file) || Files.size(file) == 0;
    }

    private LockFile lock() {
        return new LockFile(file.resolveSibling(file.getFileName() + ".lock"));
    }

    /** The first connection makes a WAL of it, which no other may do at the same time. */
    private boolean begin() throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        FileModes.set(file, FileModes.OWNER_FILE);
        try (var connection = source.getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            throw new IOException("expected to make the database " + file + "; " + StoreFailure.words(e), e);
        }
    }

    @Override
    public String place() {
        return file.toString();
    }

    @Override
    public DataSource source() {
        return source;
    }

    @Override
    public void size(HikariConfig pool) {
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setConnectionTimeout(BUSY_MILLIS);
    }

    @Override
    public Jdbi over(DataSource connections) {
        return Jdbi.create(connections);
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public Map<String, String> words() {
        return Map.of("arrival", "rowid", "certificate_arrival", "rowid");
    }

    @Override
    public Instant now(Handle handle) {
        return Instant.now();
    }

    @Override
    public boolean hasTable(Handle handle, String name) {
        return handle.createQuery("select count(*) from sqlite_master where type = 'table' and name = :name")
                        .bind("name", name)
                        .mapTo(int.class)
                        .one()
                == 1;
    }

    @Override
    public void migrate(Runnable work) {
        try {
            lock().alone(() -> {
                work.run();
                return true;
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void copyTo(Jdbi jdbi, Path copy) throws IOException {
        try {
            jdbi.useHandle(handle -> handle.createUpdate("vacuum into :file")
                    .bind("file", copy.toString())
                    .execute());
        } catch (JdbiException e) {
            throw new IOException("expected to copy the database to " + copy + "; " + e.getMessage(), e);
        }
    }

    @Override
    public void requireSound(Jdbi jdbi) throws IOException {
        var verdict = jdbi.withHandle(handle ->
                handle.createQuery("pragma integrity_check").mapTo(String.class).first());
        if (!verdict.equals("ok")) {
            throw new IOException("expected a sound database; it is damaged: " + verdict);
        }
    }

    @Override
    public String advice(Throwable failure) {
        // Whoever moves the file away from under a server that runs loses what that one writes.
        return StoreFailure.isDamage(failure)
                ? "Move the file away to start afresh, or restore it from a backup."
                : "Start again; if it stays so, end whoever works on this state folder and restore the file from a backup.";
    }
}
