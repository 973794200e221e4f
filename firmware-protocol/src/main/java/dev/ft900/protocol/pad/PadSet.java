package dev.ft900.protocol.pad;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A set of pads. On the wire it is a hexadecimal mask of up to 17 digits: bit n stands for pad n.
 *
 * @param low bits for pads 0 to 63
 * @param high bits for pads 64 to 66; only the lowest three may be set
 */
public record PadSet(long low, int high) {
    /** No pad. */
    public static final PadSet NONE = new PadSet(0, 0);

    /** All 67 pads. */
    public static final PadSet ALL = new PadSet(-1L, 0b111);

    /**
     * The pads that a board never lets a command drive: Ethernet LEDs (4, 5), I2C (44 to 47), UART0 (48, 49). A slot can
     * name more.
     */
    public static final PadSet RESERVED = of(4, 5, 44, 45, 46, 47, 48, 49);

    /** The longest mask, in hexadecimal digits. */
    public static final int MAX_HEX_DIGITS = 17;

    public PadSet {
        if ((high & ~0b111) != 0) {
            throw new IllegalArgumentException(
                    "a pad set holds pads 0 to 66; got bits " + Integer.toHexString(high) + " for pads 64 and up");
        }
    }

    /** The set of these pad numbers, each 0 to 66. */
    public static PadSet of(int... pads) {
        var set = NONE;
        for (int pad : pads) {
            set = set.with(new Pad(pad));
        }
        return set;
    }

    /** Parses a mask: 1 to 17 hexadecimal digits, no prefix, no bit above 66; empty for anything else. */
    public static Optional<PadSet> fromHex(String hex) {
        if (hex.isEmpty() || hex.length() > MAX_HEX_DIGITS || !hex.chars().allMatch(PadSet::isHexDigit)) {
            return Optional.empty();
        }
        int split = Math.max(0, hex.length() - 16);
        int high = split == 0 ? 0 : Integer.parseInt(hex.substring(0, split), 16);
        long low = Long.parseUnsignedLong(hex.substring(split), 16);
        return high > 0b111 ? Optional.empty() : Optional.of(new PadSet(low, high));
    }

    private static boolean isHexDigit(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    /** The mask in lower-case hexadecimal digits without leading zeros; {@code "0"} for the empty set. */
    public String toHex() {
        return high == 0 ? Long.toHexString(low) : Integer.toHexString(high) + String.format("%016x", low);
    }

    public boolean contains(Pad pad) {
        int n = pad.number();
        return n < 64 ? (low >>> n & 1) != 0 : (high >>> n - 64 & 1) != 0;
    }

    public boolean isEmpty() {
        return low == 0 && high == 0;
    }

    public PadSet with(Pad pad) {
        int n = pad.number();
        return n < 64 ? new PadSet(low | 1L << n, high) : new PadSet(low, high | 1 << n - 64);
    }

    public PadSet union(PadSet other) {
        return new PadSet(low | other.low, high | other.high);
    }

    public PadSet intersection(PadSet other) {
        return new PadSet(low & other.low, high & other.high);
    }

    /** The pads of this set that are not in the other. */
    public PadSet minus(PadSet other) {
        return new PadSet(low & ~other.low, high & ~other.high);
    }

    /** The pads in ascending order. */
    public List<Pad> pads() {
        return IntStream.range(0, Pad.COUNT)
                .mapToObj(Pad::new)
                .filter(this::contains)
                .toList();
    }

    /** The pad numbers in ascending order, for example {@code [4, 5, 44]}. */
    @Override
    public String toString() {
        return pads().toString();
    }
}
