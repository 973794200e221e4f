package dev.ft900.ca.flash;

import dev.ft900.protocol.install.AuthorException;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.provisioning.BoardIdentity;

/** Who knows whether a board has connected with its new identity. */
public interface OnlineCheck {
    /**
     * Whether a board is, or was, connected with this very certificate.
     *
     * @param serial of the certificate, lower-case hex
     * @param board as it says of itself since its reboot: a presence with another slot or from another boot is not of this certificate
     * @throws AuthorException nobody can tell
     */
    boolean isOnline(BoardId id, String serial, BoardIdentity board) throws AuthorException;
}
