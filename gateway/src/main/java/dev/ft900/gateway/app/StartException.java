package dev.ft900.gateway.app;

import picocli.CommandLine.IExitCodeGenerator;

/** The gateway cannot start; the message says why and what to do. */
public final class StartException extends Exception implements IExitCodeGenerator {
    private static final long serialVersionUID = 1L;

    /** Something this machine should have is missing or taken. */
    private static final int ENVIRONMENT = 4;

    StartException(String message, Throwable cause) {
        super(message, cause);
    }

    StartException(String message) {
        super(message);
    }

    @Override
    public int getExitCode() {
        return ENVIRONMENT;
    }
}
