package dev.ft900.protocol.exchange;

import dev.ft900.protocol.provisioning.BoardReply;
import dev.ft900.protocol.provisioning.Refusal;
import dev.ft900.protocol.provisioning.StationRequest;

/** The board answered that it will not. */
public final class BoardRefusedException extends ExchangeException {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;

    BoardRefusedException(StationRequest request, BoardReply.Refused refused) {
        super("the board refused " + request + ": " + refused.refusal().word() + " (" + refused.words() + ")");
        this.refusal = refused.refusal();
    }

    public Refusal refusal() {
        return refusal;
    }
}
