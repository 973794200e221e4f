package dev.ft900.ca.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;

/** Tells what keeps a database from working from what is a fault of the program. */
public final class StoreFailure {
    /** A connection that failed, an unknown resolution of a transaction, a server that crashed or was stopped at once. */
    private static final Set<String> UNCONFIRMED = Set.of("08006", "08007", "57P02");

    /** The bits of a result code of SQLite that are not detail. */
    private static final int PRIMARY = 0xFF;

    private static final int CORRUPT = 11;
    private static final int NO_DATABASE = 26;

    private StoreFailure() {}

    /**
     * Why the database cannot be used now, for people; empty when the failure has another reason. Nothing was changed by whoever met it,
     * its transaction is undone, unless it {@linkplain #leavesOutcomeUnknown leaves the outcome unknown}.
     *
     * @param failure what a store threw, whatever it is wrapped in
     */
    public static Optional<String> reason(Throwable failure) {
        boolean hasWaited = false;
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                // What kept the pool from a connection, if it met something, comes next.
                hasWaited = true;
            } else if (cause instanceof SQLException sql) {
                return sql.getSQLState() == null ? reason(sql.getErrorCode()) : reason(sql.getSQLState());
            }
        }
        return hasWaited
                ? Optional.of("all connections to the database are in use; something holds its lock")
                : Optional.empty();
    }

    /**
     * The whole sentence for people whose command met the failure: why, what it did, what to do. Empty when the failure has another
     * reason than the database.
     */
    public static Optional<String> sentence(Throwable failure) {
        return reason(failure)
                .map(why -> "expected to use the database of the state folder; " + why + ". "
                        + (leavesOutcomeUnknown(failure)
                                ? "Whether what was asked last is done is not known: look before you ask again."
                                : "What was asked last is not done: see to it, then start the command again."));
    }

    /** Whether SQLite found a file that is no database, or is none any more. */
    static boolean isDamage(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() == null) {
                int code = sql.getErrorCode() & PRIMARY;
                return code == CORRUPT || code == NO_DATABASE;
            }
        }
        return false;
    }

    /** What the database or its driver said, without names of classes and without a full stop. */
    static String words(Throwable failure) {
        var words = failure.getMessage();
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                words = cause.getMessage();
            }
        }
        return String.valueOf(words)
                .replaceAll("\\b[a-z]+(\\.\\w+)+Exception: ", "")
                .replaceFirst("\\.+\\s*$", "");
    }

    /**
     * Whether a connection broke while it was used: then what was asked last may have been written down, if it was to write.
     *
     * @param failure what a store threw, whatever it is wrapped in
     */
    public static boolean leavesOutcomeUnknown(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                // The pool has found no connection: nothing was asked.
                return false;
            } else if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return UNCONFIRMED.contains(sql.getSQLState());
            }
        }
        return false;
    }

    /**
     * Whether something was to be written that refers to a row that is not there, or not any more.
     *
     * @param failure what a store threw, whatever it is wrapped in
     */
    public static boolean lacksWhatItRefersTo(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                // SQLite tells the kind of constraint in words only (sqlite.org/rescode.html, SQLITE_CONSTRAINT).
                return "23503".equals(sql.getSQLState())
                        || (sql.getErrorCode() & 0xFF) == 19
                                && String.valueOf(sql.getMessage()).contains("FOREIGN KEY");
            }
        }
        return false;
    }

    /** The primary result codes of SQLite (sqlite.org/rescode.html), which has no SQLSTATE. */
    private static Optional<String> reason(int code) {
        return switch (code & PRIMARY) {
            case 5, 6 -> Optional.of("another process holds the database's lock");
            case 8 -> Optional.of("the database may not be written to");
            case 10 -> Optional.of("the disk reports an error");
            case CORRUPT, NO_DATABASE -> Optional.of("the database's file is damaged");
            case 13 -> Optional.of("the disk is full");
            case 14 -> Optional.of("the database's file cannot be opened");
            default -> Optional.empty();
        };
    }

    /** SQLSTATE (PostgreSQL's manual, appendix A). */
    private static Optional<String> reason(String state) {
        return switch (state) {
            case "25P03" -> Optional.of("the database ended a transaction that stood still");
            case "55P03" -> Optional.of("another process holds the database's lock");
            case "25006" -> Optional.of("the database may not be written to");
            case "53100" -> Optional.of("the database's disk is full");
            case "53300" -> Optional.of("the database has no connection left");
            case "58030" -> Optional.of("the database's disk reports an error");
            case "57P01", "57P02", "57P03" -> Optional.of("the database stops or starts");
            case "28P01", "28000" -> Optional.of("the database does not know this user or password");
            case "3D000" -> Optional.of("there is no such database");
            default ->
                state.startsWith("08") || state.startsWith("53") || state.startsWith("57")
                        ? Optional.of("the database cannot be reached")
                        : Optional.empty();
        };
    }
}
