package dev.ft900.ca.enrol;

import dev.ft900.ca.authority.IssuingException;
import dev.ft900.protocol.name.BoardId;

/** The id is taken. */
public final class BoardExistsException extends IssuingException {
    private static final long serialVersionUID = 1L;

    BoardExistsException(BoardId id) {
        super("expected a new board id; " + id + " is registered. Choose another id, or remove that board first.");
    }
}
