package dev.ft900.ca.batch;

/** A table is not what it should be; the message names the line. */
public final class BatchFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    BatchFormatException(String message) {
        super(message);
    }

    BatchFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
