package dev.ft900.gateway.device;

import dev.ft900.protocol.name.BoardId;

/** No such board is registered. */
public final class UnknownDeviceException extends DeviceException {
    private static final long serialVersionUID = 1L;

    public UnknownDeviceException(BoardId id) {
        super("no device " + id + " is registered");
    }

    @Override
    public String code() {
        return "unknown-device";
    }
}
