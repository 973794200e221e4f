package dev.ft900.gateway.device;

import dev.ft900.protocol.name.BoardId;

/** The board is not connected. Nothing was sent to it. */
public final class BoardOfflineException extends DeviceException {
    private static final long serialVersionUID = 1L;

    BoardOfflineException(BoardId id) {
        super(id + " is not connected; nothing was sent");
    }

    @Override
    public String code() {
        return "board-offline";
    }
}
