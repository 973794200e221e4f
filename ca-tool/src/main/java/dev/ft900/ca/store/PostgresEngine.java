package dev.ft900.ca.store;

import com.zaxxer.hikari.HikariConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * PostgreSQL, for several gateways. A connection whose process or machine is gone gives its locks back within half a minute. This class,
 * and with it the driver, is loaded only where PostgreSQL is chosen.
 */
final class PostgresEngine implements Engine {
    private static final int CONNECTIONS = 8;
    private static final int POOL_MILLIS = 5_000;
    private static final int CONNECT_SECONDS = 5;
    private static final int ANSWER_SECONDS = 60;
    private static final String SESSION = "-c lock_timeout=10s -c idle_in_transaction_session_timeout=30s"
            + " -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3";

    private final SharedDatabase where;
    private final PGSimpleDataSource source = new PGSimpleDataSource();

    /** @throws IOException the URL wants less security than the way there needs */
    PostgresEngine(SharedDatabase where) throws IOException {
        this.where = where;
        source.setUrl(where.url());
        PostgresTls.require(source);
        where.user().ifPresent(source::setUser);
        where.password().ifPresent(source::setPassword);
        source.setApplicationName("ft900");
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(ANSWER_SECONDS);
        source.setTcpKeepAlive(true);
        source.setOptions(SESSION);
    }

    @Override
    public String place() {
        return where.url();
    }

    @Override
    public DataSource source() {
        return source;
    }

    @Override
    public void size(HikariConfig pool) {
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setConnectionTimeout(POOL_MILLIS);
        // The first look reports what is wrong; a pool that tried by itself would only repeat it.
        pool.setInitializationFailTimeout(-1);
    }

    @Override
    public Jdbi over(DataSource connections) {
        var jdbi = Jdbi.create(connections);
        jdbi.setTransactionHandler(new OneWriter(jdbi.getTransactionHandler()));
        return jdbi;
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public Map<String, String> words() {
        return Map.of("arrival", "created_at", "certificate_arrival", "issued_at");
    }

    @Override
    public Instant now(Handle handle) {
        return Instant.ofEpochMilli(
                handle.createQuery("select cast(extract(epoch from clock_timestamp()) * 1000 as bigint)")
                        .mapTo(long.class)
                        .one());
    }

    @Override
    public boolean hasTable(Handle handle, String name) {
        return handle.createQuery("select to_regclass(:name) is not null")
                .bind("name", name)
                .mapTo(boolean.class)
                .one();
    }

    @Override
    public void migrate(Runnable work) {
        // Under a lock of the database's.
        work.run();
    }

    @Override
    public void copyTo(Jdbi jdbi, Path file) throws IOException {
        throw new IOException("expected a database in a file; " + place() + " is copied with PostgreSQL's own pg_dump");
    }

    @Override
    public void requireSound(Jdbi jdbi) {
        jdbi.withHandle(
                handle -> handle.createQuery("select 1").mapTo(int.class).one());
    }

    @Override
    public String advice(Throwable failure) {
        return PostgresTls.advice(failure).orElse("See docs/scaling.md for what the gateway needs there.");
    }
}
