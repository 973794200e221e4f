package dev.ft900.protocol.exchange;

/** A request to a board did not come to a usable answer. */
public abstract sealed class ExchangeException extends Exception
        permits LinkException, NoAnswerException, BoardRefusedException, UnexpectedReplyException {
    private static final long serialVersionUID = 1L;

    ExchangeException(String message) {
        super(message);
    }

    ExchangeException(String message, Throwable cause) {
        super(message, cause);
    }
}
