package dev.ft900.board.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The upper half of the data space, 0x10000 to 0x1FFFF, where the devices are. An address where none answers reads 0, ignores
 * stores, and is a finding (hardware sheet 2.1).
 */
public final class IoBus {
    /** The first I/O address. */
    public static final int BASE = 0x10000;

    /** One more than the last I/O address. */
    public static final int END = 0x20000;

    private static final int NO_DEVICE = 0;

    private record Mapping(String name, int base, IoDevice device) {}

    private final Findings findings;
    private final List<Mapping> mappings = new ArrayList<>();
    private final byte[] mappingOfWord = new byte[(END - BASE) / 4];

    public IoBus(Findings findings) {
        this.findings = findings;
        mappings.add(null);
    }

    /**
     * Puts a device on the bus.
     *
     * @param base first address, a multiple of 4 from {@link #BASE} on
     * @param length in bytes, a multiple of 4
     * @throws IllegalArgumentException the range is outside, unaligned, or overlaps another device
     */
    public void map(String name, int base, int length, IoDevice device) {
        if (base < BASE || length <= 0 || base + length > END || base % 4 != 0 || length % 4 != 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "expected a range of whole words in I/O space for %s; got 0x%X + 0x%X",
                    name,
                    base,
                    length));
        }
        if (mappings.size() > Byte.MAX_VALUE) {
            throw new IllegalArgumentException("expected at most " + Byte.MAX_VALUE + " devices on one bus");
        }
        for (int word = (base - BASE) / 4; word < (base + length - BASE) / 4; word++) {
            if (mappingOfWord[word] != NO_DEVICE) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "%s and %s overlap at 0x%X",
                        name,
                        mappings.get(mappingOfWord[word]).name(),
                        BASE + 4 * word));
            }
            mappingOfWord[word] = (byte) mappings.size();
        }
        mappings.add(new Mapping(name, base, device));
    }

    /**
     * @param address 0x10000 to 0x1FFFF, aligned to {@code width}
     * @return the value, zero-extended
     */
    public int load(int address, AccessWidth width) {
        var mapping = mappings.get(mappingOfWord[(address - BASE) >> 2]);
        if (mapping == null) {
            findings.report(new Finding(Finding.Kind.GUEST_ERROR, "unmapped", address, "is read; no device is there"));
            return 0;
        }
        return mapping.device().load(address - mapping.base(), width) & width.mask();
    }

    /**
     * What {@link IoDevice#isSteady} says; no where no device is.
     *
     * @param address 0x10000 to 0x1FFFF, aligned to {@code width}
     */
    public boolean isSteady(int address, AccessWidth width) {
        var mapping = mappings.get(mappingOfWord[(address - BASE) >> 2]);
        return mapping != null && mapping.device().isSteady(address - mapping.base(), width);
    }

    /** @param address 0x10000 to 0x1FFFF, aligned to {@code width} */
    public void store(int address, AccessWidth width, int value) {
        var mapping = mappings.get(mappingOfWord[(address - BASE) >> 2]);
        if (mapping == null) {
            findings.report(
                    new Finding(Finding.Kind.GUEST_ERROR, "unmapped", address, "is written; no device is there"));
            return;
        }
        mapping.device().store(address - mapping.base(), width, value & width.mask());
    }
}
