package dev.ft900.protocol.install;

/** A board could not be provisioned. Names the step; the message says what was expected, what came, and what to try. */
public final class ProvisioningException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Step step;

    public ProvisioningException(Step step, String message, Throwable cause) {
        super("could not " + step.words() + ": " + message, cause);
        this.step = step;
    }

    public ProvisioningException(Step step, String message) {
        this(step, message, null);
    }

    public Step step() {
        return step;
    }
}
