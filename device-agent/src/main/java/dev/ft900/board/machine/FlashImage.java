package dev.ft900.board.machine;

import dev.ft900.agent.flash.Flash;
import dev.ft900.board.image.Image;
import java.util.Arrays;

/** Images in flash, with a substitute for the factory boot loader (hardware sheet 3.1). */
final class FlashImage {
    private static final int BOOT_SECTOR = 0x3F000;

    /** Where the boot loader takes the non-maskable interrupt: {@code reti}. */
    private static final int NMI_STUB = 0x3FFF8;

    private static final int RETI = 0xA4000000;

    /** Where word 0 of the vendor's start-up code jumps: {@code jmp 0x8C}, the program's entry. */
    private static final int RESET_STUB = 0x3FFFC;

    private static final int JUMP_TO_ENTRY = 0x00300023;

    private FlashImage() {}

    /** Replaces the whole content. Segments for RAM are left out: an FT900 has nobody who would load them. */
    static void write(Image image, Flash flash) {
        var bytes = new byte[Flash.SIZE];
        Arrays.fill(bytes, (byte) 0xFF);
        boolean coversStub = false;
        for (var segment : image.segments()) {
            if (!segment.inRam()) {
                System.arraycopy(segment.bytes(), 0, bytes, segment.address(), segment.bytes().length);
                coversStub |= segment.end() > BOOT_SECTOR;
            }
        }
        if (!coversStub) {
            putWord(bytes, NMI_STUB, RETI);
            putWord(bytes, RESET_STUB, JUMP_TO_ENTRY);
        }
        replace(flash, bytes);
    }

    /** Writes only sectors that differ: a flash file wears, and tells by its time when it changed. */
    static void replace(Flash flash, byte[] bytes) {
        for (int at = 0; at < Flash.SIZE; at += Flash.SECTOR) {
            var wanted = Arrays.copyOfRange(bytes, at, at + Flash.SECTOR);
            if (!Arrays.equals(wanted, flash.read(at, Flash.SECTOR))) {
                flash.eraseSector(at);
                flash.program(at, wanted);
            }
        }
    }

    private static void putWord(byte[] bytes, int at, int word) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (word >> 8 * i);
        }
    }
}
