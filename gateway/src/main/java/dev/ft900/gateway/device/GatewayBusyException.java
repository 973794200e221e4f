package dev.ft900.gateway.device;

/** Too many commands are under way. Nothing was sent. */
public final class GatewayBusyException extends DeviceException {
    static final String CODE = "gateway-busy";

    private static final long serialVersionUID = 1L;

    GatewayBusyException(int limit) {
        super(limit + " commands are under way, as many as this gateway takes; nothing was sent. Try again.");
    }

    @Override
    public String code() {
        return CODE;
    }
}
