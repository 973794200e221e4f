package dev.ft900.ca.authority;

/** No certificate was issued, and nothing changed. Its kinds say why. */
public abstract class IssuingException extends Exception {
    private static final long serialVersionUID = 1L;

    protected IssuingException(String message) {
        super(message);
    }
}
