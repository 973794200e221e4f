package dev.ft900.board.trace;

import dev.ft900.board.cpu.CoreState;
import dev.ft900.board.cpu.Instruction;
import dev.ft900.board.cpu.Interpreter.Observer;

/** A hash over the cycle, address, word and registers of every instruction: equal for two runs only if they did the same. */
public final class TraceHash implements Observer {
    private static final long PRIME = 0x100000001B3L;

    private final CoreState state;
    private long hash = 0xCBF29CE484222325L;

    public TraceHash(CoreState state) {
        this.state = state;
    }

    @Override
    public boolean before(int pc, Instruction instruction) {
        add(state.cycles());
        add((long) pc << 32 | instruction.word() & 0xFFFFFFFFL);
        for (int value : state.r) {
            add(value);
        }
        return true;
    }

    private void add(long value) {
        hash = (hash ^ value) * PRIME;
        hash ^= hash >>> 29;
    }

    /** FNV-like, 64 bits. */
    public long value() {
        return hash;
    }
}
