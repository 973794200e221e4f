package dev.ft900.board.cli;

import picocli.CommandLine.IExitCodeGenerator;

/** A command ends early, for a reason that is not a fault of this program. */
final class BoardException extends Exception implements IExitCodeGenerator {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /** @param message what was expected, what came, what to do */
    BoardException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    @Override
    public int getExitCode() {
        return exitCode;
    }
}
