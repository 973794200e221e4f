package dev.ft900.board.bus;

import java.util.Locale;

/**
 * One thing worth knowing that firmware did to a device.
 *
 * @param device the block's name in the sheet, such as {@code UART0}
 * @param address on the data bus, 0 to 0x1FFFF
 * @param what in words, without the address: {@code writes reserved bits 0xF0 of LCR}
 */
public record Finding(Kind kind, String device, int address, String what) {
    /** Whose fault it is. */
    public enum Kind {
        /** The firmware is wrong by the manual: the same would be wrong on silicon. */
        GUEST_ERROR,
        /** The firmware may be right; this model does not do it. */
        NOT_MODELLED
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s 0x%05X %s (%s)",
                device,
                address,
                what,
                kind == Kind.GUEST_ERROR ? "firmware" : "model");
    }
}
