package dev.ft900.protocol.exchange;

/** The link to a board is gone: the port was closed or unplugged, the connection lost. Nothing more can be asked over it. */
public final class LinkException extends ExchangeException {
    private static final long serialVersionUID = 1L;

    public LinkException(String message) {
        super(message);
    }

    public LinkException(String message, Throwable cause) {
        super(message, cause);
    }
}
