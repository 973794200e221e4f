package dev.ft900.ca.flash;

import dev.ft900.protocol.install.AuthorException;
import dev.ft900.protocol.name.BoardId;

/** Who knows whether a board has connected with its new identity. */
public interface OnlineCheck {
    /**
     * Whether a board is, or was, connected with this very certificate.
     *
     * @param serial of the certificate, lower-case hex
     * @param generation of the slot that holds it
     * @throws AuthorException nobody can tell
     */
    boolean isOnline(BoardId id, String serial, long generation) throws AuthorException;
}
