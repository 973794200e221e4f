package dev.ft900.gateway.device;

/** A command did not come to a good end. Each kind says what is known about the board. */
public abstract sealed class DeviceException extends Exception
        permits UnknownDeviceException,
                BoardOfflineException,
                BrokerDownException,
                GatewayBusyException,
                NoAnswerException,
                BoardRefusedException,
                RenewalFailedException {
    private static final long serialVersionUID = 1L;

    DeviceException(String message) {
        super(message);
    }

    /** One word for what happened: the code of the problem that a caller is told. */
    public abstract String code();
}
