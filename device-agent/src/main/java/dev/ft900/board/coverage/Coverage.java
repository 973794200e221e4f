package dev.ft900.board.coverage;

import dev.ft900.board.cpu.Instruction;
import dev.ft900.board.cpu.Interpreter.Observer;
import dev.ft900.board.memory.ProgramMemory;

/** How often each word of program memory was executed. */
public final class Coverage implements Observer {
    private final long[] counts = new long[ProgramMemory.WORDS];

    @Override
    public boolean before(int pc, Instruction instruction) {
        counts[pc >> 2]++;
        return true;
    }

    /** @param address a byte address in program memory */
    public long count(int address) {
        return counts[address >> 2 & ProgramMemory.WORDS - 1];
    }
}
