package dev.ft900.ca.link;

/** A port cannot be opened. */
public final class PortException extends Exception {
    private static final long serialVersionUID = 1L;

    PortException(String message) {
        super(message);
    }

    PortException(String message, Throwable cause) {
        super(message, cause);
    }
}
