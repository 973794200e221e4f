package dev.ft900.gateway.device;

/** The command was sent and not answered. Whether the board carried it out is unknown. */
public final class NoAnswerException extends DeviceException {
    static final String CODE = "no-answer";

    private static final long serialVersionUID = 1L;

    NoAnswerException(String message) {
        super(message + "; whether it was carried out is unknown");
    }

    @Override
    public String code() {
        return CODE;
    }
}
