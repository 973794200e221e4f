package dev.ft900.ca.store;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionHandler;

/**
 * Transactions that take one lock of PostgreSQL first, as SQLite's do: they come one after the other, see all that was committed before,
 * and never have to be repeated. So numbers that count changes are seen in their order by whoever asks for what came after one.
 * PostgreSQL lets the lock go when the transaction or its connection ends.
 */
final class OneWriter extends DelegatingTransactionHandler {
    /** "ft900" in ASCII; each database has locks of its own. */
    private static final long LOCK = 0x6674393030L;

    OneWriter(TransactionHandler delegate) {
        super(delegate);
    }

    @Override
    public <R, X extends Exception> R inTransaction(Handle handle, HandleCallback<R, X> callback) throws X {
        return super.inTransaction(handle, own -> {
            own.createQuery("select 1 from (select pg_advisory_xact_lock(:lock)) as taken")
                    .bind("lock", LOCK)
                    .mapTo(int.class)
                    .one();
            return callback.withHandle(own);
        });
    }

    @Override
    public TransactionHandler specialize(Handle handle) throws SQLException {
        return new OneWriter(super.specialize(handle));
    }
}
