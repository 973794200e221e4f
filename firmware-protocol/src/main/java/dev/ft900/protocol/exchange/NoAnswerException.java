package dev.ft900.protocol.exchange;

import dev.ft900.protocol.provisioning.StationRequest;

/** The board did not answer, however often it was asked. Whether it did what was asked is unknown. */
public final class NoAnswerException extends ExchangeException {
    private static final long serialVersionUID = 1L;

    NoAnswerException(StationRequest request, Patience patience) {
        super("the board did not answer " + request + "; asked " + patience.tries() + " times, waited "
                + patience.perTry().toMillis() + " ms each time");
    }
}
