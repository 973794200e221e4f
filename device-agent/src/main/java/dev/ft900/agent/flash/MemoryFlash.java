package dev.ft900.agent.flash;

import java.util.Arrays;

/** Flash that lasts as long as its object. Sectors that are all ones take no memory, so thousands of boards fit one process. */
public final class MemoryFlash implements Flash {
    private final byte[][] sectors = new byte[SIZE / SECTOR][];

    @Override
    public byte[] read(int address, int length) {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            var sector = sectors[(address + i) / SECTOR];
            bytes[i] = sector == null ? (byte) 0xFF : sector[(address + i) % SECTOR];
        }
        return bytes;
    }

    @Override
    public void eraseSector(int address) {
        FlashBounds.requireSector(address);
        sectors[address / SECTOR] = null;
    }

    @Override
    public void programPage(int address, byte[] data) {
        FlashBounds.requireInPage(address, data.length);
        int index = address / SECTOR;
        if (sectors[index] == null) {
            sectors[index] = new byte[SECTOR];
            Arrays.fill(sectors[index], (byte) 0xFF);
        }
        for (int i = 0; i < data.length; i++) {
            sectors[index][address % SECTOR + i] &= data[i];
        }
    }
}
