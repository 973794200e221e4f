package dev.ft900.board.translate;

import dev.ft900.board.bus.AccessWidth;
import dev.ft900.board.cpu.Alu;
import dev.ft900.board.cpu.Core;
import dev.ft900.board.cpu.CoreState;
import dev.ft900.board.cpu.Ffu;
import dev.ft900.board.memory.ProgramMemory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** What generated classes extend, and call. They hold no state, so boards with the same program could share them. */
abstract class RegionCode {
    private static final VarHandle HALF = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** Executes from the region's entry until its program leaves it, the budget does not last for a block, or attention is wanted. */
    abstract void run(Core core);

    static int loadByte(byte[] ram, int at) {
        return ram[at] & 0xFF;
    }

    static int loadHalf(byte[] ram, int at) {
        return (short) HALF.get(ram, at) & 0xFFFF;
    }

    static int loadWord(byte[] ram, int at) {
        return (int) WORD.get(ram, at);
    }

    static void storeByte(byte[] ram, int at, int value) {
        ram[at] = (byte) value;
    }

    static void storeHalf(byte[] ram, int at, int value) {
        HALF.set(ram, at, (short) value);
    }

    static void storeWord(byte[] ram, int at, int value) {
        WORD.set(ram, at, value);
    }

    static int alu(int x, int y, int al) {
        return Alu.result(al, x, y);
    }

    static int ffu(int x, int y, int al) {
        return Ffu.result(al, x, y);
    }

    static int flags(int x, int y, int code) {
        return CoreState.flags(code, x, y, 0);
    }

    /** Where a computed jump from {@code pc} leads; beyond program memory, the core has a fault. */
    static int target(int address, Core core, int pc) {
        if (address >>> 18 != 0) {
            core.jumpTo(pc, address);
        }
        return address & CoreState.PC_MASK;
    }

    /** What lpm and lpmi give; {@code words} is program memory. */
    static int loadProgram(int[] words, int address, int dw) {
        var width = AccessWidth.ofField(dw);
        int at = width.align(address);
        return words[at >> 2 & ProgramMemory.WORDS - 1] >>> 8 * (at & 3) & width.mask();
    }

    /** @param budget including the instruction at {@code pc} */
    static int loadIo(Core core, int at, int budget, int pc, int dw) {
        core.state().budget = budget;
        return core.load(pc, at, AccessWidth.ofField(dw));
    }

    static void storeIo(Core core, int at, int value, int budget, int pc, int dw) {
        core.state().budget = budget;
        core.store(pc, at, AccessWidth.ofField(dw), value);
    }

    static int ffu(Core core, int d, int a, int n, int budget, int pc, int alAndDw) {
        core.state().budget = budget;
        return core.ffu(pc, alAndDw & 15, AccessWidth.ofField(alAndDw >> 4), d, a, n);
    }
}
