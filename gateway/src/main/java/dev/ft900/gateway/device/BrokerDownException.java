package dev.ft900.gateway.device;

/** The gateway has no connection to the broker. Nothing was sent. */
public final class BrokerDownException extends DeviceException {
    private static final long serialVersionUID = 1L;

    public BrokerDownException(String message) {
        super(message + "; nothing was sent");
    }

    @Override
    public String code() {
        return "broker-down";
    }
}
