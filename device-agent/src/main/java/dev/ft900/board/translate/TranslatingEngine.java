package dev.ft900.board.translate;

import dev.ft900.board.cpu.Core;
import dev.ft900.board.cpu.CoreState;
import dev.ft900.board.cpu.Engine;
import dev.ft900.board.cpu.Interpreter;
import dev.ft900.board.memory.ProgramMemory;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Interprets what runs seldom and translates what runs often. A write to program memory that was translated drops all
 * translations.
 */
public final class TranslatingEngine implements Engine {
    /** How often a piece is interpreted before it is worth the JVM's time. */
    private static final int HOT = 300;

    private final Core core;
    private final CoreState state;
    private final Interpreter interpreter;
    private final RegionCompiler compiler;
    private final RegionCode[] regions = new RegionCode[ProgramMemory.WORDS];
    private final short[] heat = new short[ProgramMemory.WORDS];
    private final BitSet translated = new BitSet(ProgramMemory.WORDS);
    private int count;

    public TranslatingEngine(Core core) {
        this.core = core;
        state = core.state();
        interpreter = core.interpreter();
        compiler = new RegionCompiler(interpreter::at);
        core.program().onChange(this::programChanged);
    }

    /** How many regions are translated now. */
    public int regions() {
        return count;
    }

    @Override
    public void run() {
        while (state.budget > 0 && !state.attention) {
            int from = state.pc;
            var region = regions[from >> 2];
            if (region == null) {
                interpreter.runBlock();
                warm(from >> 2);
            } else {
                int before = state.budget;
                region.run(core);
                core.jumped(from, state.pc);
                if (state.budget == before && !state.attention) {
                    // The budget does not last for the first block, or its first instruction is none for a region.
                    interpreter.runBlock();
                }
            }
        }
    }

    private void warm(int index) {
        if (heat[index] < HOT && ++heat[index] == HOT) {
            var compiled = compiler.compile(index << 2);
            if (compiled != null) {
                regions[index] = compiled.code();
                count++;
                for (var block : compiled.blocks()) {
                    translated.set(block.start() >> 2, block.end() >> 2);
                }
            }
        }
    }

    private void programChanged(int address, int length) {
        int first = translated.nextSetBit(address >> 2);
        if (first >= 0 && first < address + length >> 2) {
            Arrays.fill(regions, null);
            Arrays.fill(heat, (short) 0);
            translated.clear();
            count = 0;
            core.attend();
        }
    }
}
