package dev.ft900.ca.link;

import java.net.URI;

/** Opens ports by the names that people give them. */
public final class SerialPorts {
    private SerialPorts() {}

    /**
     * Opens a port, 8N1, no flow control, DTR and RTS low.
     *
     * @param name a device ({@code /dev/ttyUSB0}, {@code COM7}, a link to one) or {@code socket://host:port}
     * @param baud bits per second; means nothing to a socket
     * @throws PortException there is no such port, or it cannot be opened; the message says what to do
     */
    public static SerialPort open(String name, int baud) throws PortException {
        return name.startsWith("socket:") ? openSocket(name) : DevicePort.open(name, baud);
    }

    private static SerialPort openSocket(String name) throws PortException {
        try {
            var uri = URI.create(name);
            if (uri.getHost() != null && uri.getPort() > 0) {
                return SocketPort.open(uri.getHost(), uri.getPort());
            }
        } catch (IllegalArgumentException e) {
            throw notAnAddress(name);
        }
        throw notAnAddress(name);
    }

    private static PortException notAnAddress(String name) {
        return new PortException("expected a port such as socket://localhost:4000; got " + name);
    }
}
