package dev.ft900.protocol.slot;

import dev.ft900.protocol.name.Quoted;
import java.util.regex.Pattern;

/**
 * Where a board connects to.
 *
 * @param host DNS name or IPv4 address, 1 to {@value #MAX_NAME} characters
 * @param port 1 to 65535
 * @param serverName the name that the broker's certificate must hold, 1 to {@value #MAX_NAME} characters; often the host
 */
public record BrokerAddress(String host, int port, String serverName) {
    /** The longest name, in characters. */
    public static final int MAX_NAME = 64;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,62}[A-Za-z0-9])?");

    public BrokerAddress {
        requireName("host", host);
        requireName("server name", serverName);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("a port is 1 to 65535; got " + port);
        }
    }

    private static void requireName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a broker's " + what + " is a DNS name or IPv4 address of 1 to "
                    + MAX_NAME + " characters; got " + Quoted.of(name));
        }
    }

    /** For example {@code ssl://broker.local:8883}. */
    public String uri() {
        return "ssl://" + host + ":" + port;
    }
}
