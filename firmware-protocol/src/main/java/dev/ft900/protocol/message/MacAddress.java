package dev.ft900.protocol.message;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An Ethernet address.
 *
 * @param bits the 48 bits, the first octet on the wire being the highest
 */
public record MacAddress(long bits) {
    private static final Pattern FORM = Pattern.compile("([0-9A-F]{2}:){5}[0-9A-F]{2}");

    public MacAddress {
        if (bits >>> 48 != 0) {
            throw new IllegalArgumentException("an Ethernet address has 48 bits; got " + Long.toHexString(bits));
        }
    }

    /** Parses {@code 44:6D:57:AA:BB:CC}, upper case; empty for anything else. */
    public static Optional<MacAddress> from(String text) {
        return FORM.matcher(text).matches()
                ? Optional.of(new MacAddress(Long.parseLong(text.replace(":", ""), 16)))
                : Optional.empty();
    }

    /** For example {@code 44:6D:57:AA:BB:CC}. */
    @Override
    public String toString() {
        return String.format(
                "%02X:%02X:%02X:%02X:%02X:%02X",
                bits >> 40 & 0xFF,
                bits >> 32 & 0xFF,
                bits >> 24 & 0xFF,
                bits >> 16 & 0xFF,
                bits >> 8 & 0xFF,
                bits & 0xFF);
    }
}
