package dev.ft900.board.cpu;

import dev.ft900.board.bus.AccessWidth;
import dev.ft900.board.bus.IoBus;
import dev.ft900.board.memory.Ram;
import java.util.Arrays;

/** The data space of 128 KB: RAM below 0x10000, I/O above. Any address will do: bits that the bus lacks, and those below the width, are ignored. */
public final class DataBus {
    /** The bits of an address that the bus has (hardware sheet 1.7). */
    public static final int ADDRESS_MASK = 0x1FFFF;

    private final Ram ram;
    private final IoBus io;
    private Watcher watcher;

    /** Sees accesses of the program, for watchpoints and traces. */
    public interface Watcher {
        /** @param value what is stored, or 0 for a load */
        void access(int address, AccessWidth width, boolean store, int value);
    }

    public DataBus(Ram ram, IoBus io) {
        this.ram = ram;
        this.io = io;
    }

    /** @param watcher or null for none */
    public void watch(Watcher watcher) {
        this.watcher = watcher;
    }

    /** Whether somebody sees accesses. */
    public boolean isWatched() {
        return watcher != null;
    }

    Ram ram() {
        return ram;
    }

    /** @return the value, zero-extended */
    public int load(int address, AccessWidth width) {
        int at = width.align(address & ADDRESS_MASK);
        if (watcher != null) {
            watcher.access(at, width, false, 0);
        }
        return at < Ram.SIZE ? ram.load(at, width) : io.load(at, width);
    }

    /** @param value only the low bits of {@code width} count */
    public void store(int address, AccessWidth width, int value) {
        int at = width.align(address & ADDRESS_MASK);
        if (watcher != null) {
            watcher.access(at, width, true, value & width.mask());
        }
        if (at < Ram.SIZE) {
            ram.store(at, width, value);
        } else {
            io.store(at, width, value);
        }
    }

    /** Copies byte after byte, ascending, also where the ranges overlap. */
    void copy(int to, int from, int length) {
        int source = from & ADDRESS_MASK;
        int target = to & ADDRESS_MASK;
        boolean apart = target <= source || target >= source + length;
        if (inRam(source, length) && inRam(target, length) && apart && watcher == null) {
            System.arraycopy(ram.bytes(), source, ram.bytes(), target, length);
            return;
        }
        for (int i = 0; i < length; i++) {
            store(to + i, AccessWidth.BYTE, load(from + i, AccessWidth.BYTE));
        }
    }

    void fill(int to, byte value, int length) {
        int target = to & ADDRESS_MASK;
        if (inRam(target, length) && watcher == null) {
            Arrays.fill(ram.bytes(), target, target + length, value);
            return;
        }
        for (int i = 0; i < length; i++) {
            store(to + i, AccessWidth.BYTE, value);
        }
    }

    private static boolean inRam(int address, int length) {
        return address + length <= Ram.SIZE;
    }
}
