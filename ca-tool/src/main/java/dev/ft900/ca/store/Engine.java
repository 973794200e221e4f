package dev.ft900.ca.store;

import com.zaxxer.hikari.HikariConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What one kind of database does in its own way. Everything else is SQL that all of them know. */
sealed interface Engine permits SqliteEngine, PostgresEngine {
    /** Where it is, for messages; without secrets. */
    String place();

    /** Connections of which each is opened when it is asked for. */
    DataSource source();

    /** How many connections a server keeps, and how long it waits for one. */
    void size(HikariConfig pool);

    /** Work on this source; a transaction in it sees no other writer from its beginning to its end. */
    Jdbi over(DataSource source);

    /** Whether other servers may work on it at the same time. */
    boolean isShared();

    /** Words that migrations use for what differs. */
    Map<String, String> words();

    /** Its time, which is the same for all that work on it. */
    Instant now(Handle handle);

    boolean hasTable(Handle handle, String name);

    /** Does what only one thread of one process may do at a time, where the library that migrates does not see to it. */
    void migrate(Runnable work);

    /** Writes a copy of one moment. */
    void copyTo(Jdbi jdbi, Path file) throws IOException;

    /** @throws IOException it is damaged */
    void requireSound(Jdbi jdbi) throws IOException;

    /** What to do when it cannot be used for this reason. */
    String advice(Throwable failure);
}
