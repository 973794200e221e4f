package dev.ft900.ca.cli;

import picocli.CommandLine.IExitCodeGenerator;

/** A command ends early, for a reason that is not a fault of this program. */
public final class CommandException extends Exception implements IExitCodeGenerator {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /**
     * @param exitCode one of {@link ExitCode}
     * @param message one sentence: what was expected, what came, what to do
     */
    public CommandException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    public CommandException(int exitCode, String message) {
        this(exitCode, message, null);
    }

    @Override
    public int getExitCode() {
        return exitCode;
    }
}
