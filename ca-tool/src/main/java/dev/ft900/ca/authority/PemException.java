package dev.ft900.ca.authority;

/** A text does not hold what it was read for. */
public final class PemException extends Exception {
    private static final long serialVersionUID = 1L;

    public PemException(String message) {
        super(message);
    }
}
