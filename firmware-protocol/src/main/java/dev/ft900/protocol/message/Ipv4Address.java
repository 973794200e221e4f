package dev.ft900.protocol.message;

import java.util.Optional;

/**
 * An IPv4 address or mask.
 *
 * @param bits the 32 bits, the first octet being the highest
 */
public record Ipv4Address(int bits) {
    /** Parses four decimal octets without leading zeros; empty for anything else. */
    public static Optional<Ipv4Address> from(String text) {
        var octets = text.split("\\.", -1);
        if (octets.length != 4) {
            return Optional.empty();
        }
        int bits = 0;
        for (var octet : octets) {
            if (!octet.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(octet) > 255) {
                return Optional.empty();
            }
            bits = bits << 8 | Integer.parseInt(octet);
        }
        return Optional.of(new Ipv4Address(bits));
    }

    @Override
    public String toString() {
        return (bits >>> 24) + "." + (bits >>> 16 & 0xFF) + "." + (bits >>> 8 & 0xFF) + "." + (bits & 0xFF);
    }
}
