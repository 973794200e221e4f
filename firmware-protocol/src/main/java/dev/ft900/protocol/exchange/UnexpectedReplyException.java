package dev.ft900.protocol.exchange;

import dev.ft900.protocol.provisioning.BoardReply;
import dev.ft900.protocol.provisioning.StationRequest;
import dev.ft900.protocol.wire.ByteReader.MalformedException;

/** The board answered something that does not answer the request: its firmware and this program differ. */
public final class UnexpectedReplyException extends ExchangeException {
    private static final long serialVersionUID = 1L;

    UnexpectedReplyException(StationRequest request, String expected, BoardReply reply) {
        super("expected " + expected + " in answer to " + request + "; the board sent " + reply
                + ". Check that firmware and toolkit belong together.");
    }

    UnexpectedReplyException(StationRequest request, MalformedException defect) {
        super(
                "the board's answer to " + request + " cannot be read: " + defect.getMessage()
                        + ". Check that firmware and toolkit belong together.",
                defect);
    }
}
