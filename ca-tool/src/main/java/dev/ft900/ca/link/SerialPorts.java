package dev.ft900.ca.link;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Opens ports by the names that people give them. */
public final class SerialPorts {
    private static final String SOCKET = "socket:";
    private static final String RFC2217 = "rfc2217:";

    private static final int HIGHEST_PORT = 65_535;

    private SerialPorts() {}

    /** The serial ports of this machine, as the system lists them. */
    public static List<PortInfo> list() {
        return Arrays.stream(com.fazecast.jSerialComm.SerialPort.getCommPorts())
                .map(SerialPorts::info)
                .toList();
    }

    private static PortInfo info(com.fazecast.jSerialComm.SerialPort port) {
        var usb = port.getVendorID() < 0
                ? Optional.<PortInfo.Usb>empty()
                : Optional.of(new PortInfo.Usb(port.getVendorID(), port.getProductID(), serial(port)));
        return new PortInfo(port.getSystemPortPath(), port.getPortDescription(), usb);
    }

    private static String serial(com.fazecast.jSerialComm.SerialPort port) {
        var serial = port.getSerialNumber();
        return serial == null || "Unknown".equals(serial) ? "" : serial;
    }

    /**
     * Opens a port.
     *
     * @param name a device ({@code /dev/ttyUSB0}, {@code COM7}, a link to one), {@code socket://host:port} for bare bytes over TCP, or
     *     {@code rfc2217://host:port} for a terminal server that lets its rate be set
     * @throws PortException there is no such port, or it cannot be opened; the message says what to do
     */
    public static SerialPort open(String name, PortSettings settings) throws PortException {
        if (name.startsWith(SOCKET)) {
            var address = address(name);
            return SocketPort.open(address.getHost(), address.getPort());
        }
        if (name.startsWith(RFC2217)) {
            var address = address(name);
            return Rfc2217Port.open(address.getHost(), address.getPort(), settings);
        }
        return DevicePort.open(name, settings);
    }

    /** Whether a name stands for a device of this machine, and not for one behind the network. */
    public static boolean isLocal(String name) {
        return !name.startsWith(SOCKET) && !name.startsWith(RFC2217);
    }

    private static URI address(String name) throws PortException {
        try {
            var uri = URI.create(name);
            if (uri.getHost() != null && uri.getPort() > 0 && uri.getPort() <= HIGHEST_PORT) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw notAnAddress(name);
        }
        throw notAnAddress(name);
    }

    private static PortException notAnAddress(String name) {
        return new PortException(
                "expected a port such as socket://localhost:4000 or rfc2217://localhost:4000; got " + name);
    }
}
