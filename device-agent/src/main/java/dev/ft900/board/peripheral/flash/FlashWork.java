package dev.ft900.board.peripheral.flash;

import dev.ft900.agent.flash.Flash;
import dev.ft900.board.clock.SimClock;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * An erase or a page write that the flash is busy with. It takes effect at its end; when power goes before that, it has taken effect in
 * part.
 *
 * @param kind what it does
 * @param address of its first byte, aligned to what it erases or writes
 * @param data what it writes; empty for an erase
 */
record FlashWork(Kind kind, int address, byte[] data) {
    /** The kinds, with typical times of the flash type (sheet 4.9). The order is that of the snapshot. */
    enum Kind {
        PAGE(Flash.PAGE, 600),
        SECTOR(Flash.SECTOR, 40_000),
        BLOCK(0x10000, 400_000),
        CHIP(Flash.SIZE, 1_200_000);

        private final int bytes;
        private final int micros;

        Kind(int bytes, int micros) {
            this.bytes = bytes;
            this.micros = micros;
        }

        /** How much it touches. */
        int bytes() {
            return bytes;
        }

        long cycles() {
            return micros * (SimClock.HERTZ / 1_000_000);
        }
    }

    void finish(Flash flash) {
        if (kind == Kind.PAGE) {
            flash.programPage(address, data);
        } else {
            flash.erase(address, kind.bytes());
        }
    }

    /**
     * Leaves behind what a loss of power leaves.
     *
     * @param done the part of its time that had passed, 0 … 1
     * @param random decides which bits had changed already
     */
    void tear(Flash flash, double done, SplittableRandom random) {
        if (kind == Kind.PAGE) {
            int whole = (int) (data.length * done);
            var part = Arrays.copyOf(data, Math.min(whole + 1, data.length));
            if (whole < data.length) {
                part[whole] |= (byte) random.nextInt(256);
            }
            flash.programPage(address, part);
            return;
        }
        for (int sector = address; sector < address + kind.bytes(); sector += Flash.SECTOR) {
            var content = flash.read(sector, Flash.SECTOR);
            for (int i = 0; i < content.length; i++) {
                for (int bit = 0; bit < 8; bit++) {
                    content[i] |= (byte) (random.nextDouble() < done ? 1 << bit : 0);
                }
            }
            flash.eraseSector(sector);
            flash.program(sector, content);
        }
    }
}
