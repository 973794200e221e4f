package dev.ft900.ca.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;

/** Tells what keeps a database from working from what is a fault of the program. */
public final class StoreFailure {
    private StoreFailure() {}

    /**
     * Why the database cannot be used now, for people; empty when the failure has another reason. Nothing was changed by whoever met it:
     * its transaction is undone.
     *
     * @param failure what a store threw, whatever it is wrapped in
     */
    public static Optional<String> reason(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                return Optional.of("all connections to the database are in use; something holds its lock");
            }
            if (cause instanceof SQLException sql) {
                return reason(sql.getErrorCode());
            }
        }
        return Optional.empty();
    }

    /** The primary result codes of SQLite (sqlite.org/rescode.html). */
    private static Optional<String> reason(int code) {
        return switch (code & 0xFF) {
            case 5, 6 -> Optional.of("another process holds the database's lock");
            case 8 -> Optional.of("the database may not be written to");
            case 10 -> Optional.of("the disk reports an error");
            case 11, 26 -> Optional.of("the database's file is damaged");
            case 13 -> Optional.of("the disk is full");
            case 14 -> Optional.of("the database's file cannot be opened");
            default -> Optional.empty();
        };
    }
}
