package dev.ft900.agent.identity;

import dev.ft900.agent.flash.Flash;
import dev.ft900.agent.flash.MemoryFlash;
import java.util.Arrays;

/** A copy of a flash whose power goes in the middle of one operation: half of its bytes have changed, half have not. */
final class CutFlash implements Flash {
    private final MemoryFlash flash = new MemoryFlash();
    private int operationsLeft;

    /** The power is gone. */
    static final class PowerLost extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    CutFlash(Flash original, int operations) {
        operationsLeft = operations;
        for (int page = 0; page < SIZE; page += PAGE) {
            flash.programPage(page, original.read(page, PAGE));
        }
    }

    Flash whatIsLeft() {
        return flash;
    }

    @Override
    public byte[] read(int address, int length) {
        return flash.read(address, length);
    }

    @Override
    public void eraseSector(int address) {
        if (operationsLeft-- == 0) {
            var half = flash.read(address + SECTOR / 2, SECTOR / 2);
            flash.eraseSector(address);
            flash.program(address + SECTOR / 2, half);
            throw new PowerLost();
        }
        flash.eraseSector(address);
    }

    @Override
    public void programPage(int address, byte[] data) {
        if (operationsLeft-- == 0) {
            if (data.length > 1) {
                flash.programPage(address, Arrays.copyOf(data, data.length / 2));
            }
            throw new PowerLost();
        }
        flash.programPage(address, data);
    }
}
