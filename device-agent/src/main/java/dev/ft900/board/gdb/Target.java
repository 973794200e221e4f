package dev.ft900.board.gdb;

import dev.ft900.board.bus.AccessWidth;
import dev.ft900.board.bus.BusFault;
import dev.ft900.board.bus.IoBus;
import dev.ft900.board.cpu.CoreState;
import dev.ft900.board.image.Image;
import dev.ft900.board.machine.Machine;
import dev.ft900.board.memory.ProgramMemory;
import dev.ft900.board.memory.Ram;

/** A machine's registers and memory by GDB's numbers and addresses (hardware sheet 1.1). */
final class Target {
    /** fp, sp, r0 to r28, cc, pc. */
    static final int REGISTERS = 33;

    private static final int FP = 0;
    private static final int SP = 1;
    private static final int FIRST_GENERAL = 2;
    private static final int CC = 31;
    private static final int PC = 32;
    private static final int DATA_SPACE = 0x20000;

    private final Machine<?> machine;

    Target(Machine<?> machine) {
        this.machine = machine;
    }

    private CoreState state() {
        var state = machine.core().state();
        state.settleFlags();
        return state;
    }

    private static int index(int gdbNumber) {
        return switch (gdbNumber) {
            case FP -> CoreState.FP;
            case SP -> CoreState.SP;
            case CC -> CoreState.CC;
            default -> gdbNumber - FIRST_GENERAL;
        };
    }

    int register(int number) {
        return number == PC ? state().pc : state().r[index(number)];
    }

    void register(int number, int value) {
        if (number == PC) {
            state().pc = value & CoreState.PC_MASK;
        } else {
            state().r[index(number)] = value;
        }
    }

    /** Whether GDB's address is one of the data space's. */
    static boolean isData(long address) {
        return address >= Image.RAM_BIAS && address < Image.RAM_BIAS + DATA_SPACE;
    }

    /** @return the byte, or −1 if nothing is there */
    int read(long address) {
        if (isData(address)) {
            int at = (int) (address - Image.RAM_BIAS);
            return at < Ram.SIZE ? machine.ram().load(at, AccessWidth.BYTE) : readIo(at);
        }
        return address >= 0 && address < ProgramMemory.SIZE
                ? machine.program().word((int) address) >>> 8 * (int) (address & 3) & 0xFF
                : -1;
    }

    /** As the program would: reading a register may change it. */
    private int readIo(int address) {
        try {
            return machine.core().bus().load(address, AccessWidth.BYTE);
        } catch (BusFault e) {
            return 0;
        }
    }

    /** @return whether something is there */
    boolean write(long address, int value) {
        if (isData(address)) {
            int at = (int) (address - Image.RAM_BIAS);
            if (at >= IoBus.BASE) {
                writeIo(at, AccessWidth.BYTE, value);
            } else {
                machine.ram().store(at, AccessWidth.BYTE, value);
            }
            return true;
        }
        if (address < 0 || address >= ProgramMemory.SIZE) {
            return false;
        }
        int shift = 8 * (int) (address & 3);
        int word = machine.program().word((int) address);
        machine.program().store((int) address, word & ~(0xFF << shift) | (value & 0xFF) << shift);
        return true;
    }

    /** A whole word to a device, as GDB does for an int. */
    void writeIo(int address, AccessWidth width, int value) {
        try {
            machine.core().bus().store(address, width, value);
        } catch (BusFault e) {
            // Strictness is for the program; it is recorded among the findings.
            machine.core().attend();
        }
    }
}
