package dev.ft900.board.ft900;

import java.util.HexFormat;

/**
 * An Ethernet address.
 *
 * @param value its 48 bits, first octet highest
 */
public record MacAddress(long value) {
    /** The address that the vendor's Ethernet example uses (sheet 5). */
    public static final MacAddress DEFAULT = new MacAddress(0x00F7_D100_0001L);

    private static final int OCTETS = 6;

    public MacAddress {
        if (value >>> 48 != 0) {
            throw new IllegalArgumentException("expected 48 bits; got 0x" + Long.toHexString(value));
        }
    }

    /** Its octets, first one first. */
    public byte[] octets() {
        var octets = new byte[OCTETS];
        for (int i = 0; i < OCTETS; i++) {
            octets[i] = (byte) (value >> 8 * (OCTETS - 1 - i));
        }
        return octets;
    }

    @Override
    public String toString() {
        return HexFormat.ofDelimiter(":").formatHex(octets());
    }
}
