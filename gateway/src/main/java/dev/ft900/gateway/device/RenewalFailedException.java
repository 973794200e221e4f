package dev.ft900.gateway.device;

/** A board did not get its new certificate, or did not come online with it. It has its old identity. */
public final class RenewalFailedException extends DeviceException {
    private static final long serialVersionUID = 1L;

    private final boolean fellBack;

    RenewalFailedException(String message, boolean fellBack) {
        super(message);
        this.fellBack = fellBack;
    }

    /** Whether the board tried its new slot, and went back to the old one. */
    public boolean fellBack() {
        return fellBack;
    }

    @Override
    public String code() {
        return fellBack ? "fell-back" : "renewal-failed";
    }
}
