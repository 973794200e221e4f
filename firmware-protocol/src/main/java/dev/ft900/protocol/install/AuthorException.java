package dev.ft900.protocol.install;

/** There is no record to be had: the authority will not sign, or cannot be reached. The message says what to do. */
public class AuthorException extends Exception {
    private static final long serialVersionUID = 1L;

    public AuthorException(String message) {
        super(message);
    }

    public AuthorException(String message, Throwable cause) {
        super(message, cause);
    }
}
