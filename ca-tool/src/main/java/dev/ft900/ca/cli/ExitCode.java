package dev.ft900.ca.cli;

/** What the toolkit's commands tell a shell. Documented in {@code docs/cli.md}. */
public final class ExitCode {
    /** Done. */
    public static final int OK = 0;

    /** A fault of this program. */
    public static final int INTERNAL = 1;

    /** The command line is wrong. */
    public static final int USAGE = 2;

    /** Somebody said no: the authority's policy, a board, a gateway. */
    public static final int REFUSED = 3;

    /** Something this machine should have is missing or taken: a port, a file, a lock, a permission. */
    public static final int ENVIRONMENT = 4;

    /** Nobody answered in time. */
    public static final int NO_ANSWER = 5;

    private ExitCode() {}
}
