package dev.ft900.board.peripheral.flash;

import dev.ft900.agent.flash.Flash;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * The data-logger partition of a flash, seen from the bench: one sector with a signature, and 14 pages of 256 bytes for the program (sheet
 * 4.8). Where it lies depends on what other partitions the image has.
 */
public final class DataLog {
    /** User pages are numbered 0 … {@code PAGES - 1}. */
    public static final int PAGES = 14;

    /** The first word of the partition. */
    public static final int SIGNATURE = 0xF7D1_D106;

    private static final List<Integer> PLACES = List.of(0x3E000, 0x3D000, 0x3C000, 0x3B000);

    private final Flash flash;
    private final int address;

    private DataLog(Flash flash, int address) {
        this.flash = flash;
        this.address = address;
    }

    /** The partition, if the flash holds one at a place where the vendor's linker script puts it. */
    public static Optional<DataLog> in(Flash flash) {
        return PLACES.stream()
                .filter(place -> word(flash, place) == SIGNATURE)
                .findFirst()
                .map(place -> new DataLog(flash, place));
    }

    private static int word(Flash flash, int address) {
        return ByteBuffer.wrap(flash.read(address, 4))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
    }

    /** Its address in flash. */
    public int address() {
        return address;
    }

    /** A copy of a user page. */
    public byte[] page(int number) {
        if (number < 0 || number >= PAGES) {
            throw new IllegalArgumentException("expected a user page from 0 to " + (PAGES - 1) + "; got " + number);
        }
        return flash.read(address + (number + 1) * Flash.PAGE, Flash.PAGE);
    }
}
