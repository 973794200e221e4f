package dev.ft900.protocol.slot;

import dev.ft900.protocol.name.Quoted;
import java.util.Optional;
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

    /** Of MQTT over TLS. */
    public static final int DEFAULT_PORT = 8883;

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

    /**
     * Reads what people write: {@code HOST} or {@code HOST:PORT}.
     *
     * @param serverName empty for the host
     * @throws IllegalArgumentException it is something else; the message says what
     */
    public static BrokerAddress parse(String text, Optional<String> serverName) {
        if (text.startsWith("[") || text.indexOf(':') != text.lastIndexOf(':')) {
            throw new IllegalArgumentException("a broker's host is a DNS name or IPv4 address; got " + Quoted.of(text)
                    + ", which a slot cannot hold");
        }
        int colon = text.indexOf(':');
        var host = colon < 0 ? text : text.substring(0, colon);
        return new BrokerAddress(
                host, colon < 0 ? DEFAULT_PORT : port(text.substring(colon + 1)), serverName.orElse(host));
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("a port is 1 to 65535; got " + Quoted.of(text));
        }
        return Integer.parseInt(text);
    }

    /** For example {@code ssl://broker.local:8883}. */
    public String uri() {
        return "ssl://" + host + ":" + port;
    }
}
