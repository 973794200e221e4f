package dev.ft900.ca.enrol;

import dev.ft900.ca.authority.IssuingException;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.provisioning.Uid;

/** The id belongs to another board than the one on the bench. */
public final class OtherBoardException extends IssuingException {
    private static final long serialVersionUID = 1L;

    OtherBoardException(BoardId id, Uid registered, Uid onTheBench) {
        super("expected the board that is registered as " + id + " (UID " + registered
                + "); the board on the bench has UID " + onTheBench
                + ". Choose another id, or remove the registered board first.");
    }
}
