package dev.ft900.board.machine;

import dev.ft900.board.bus.AccessWidth;
import dev.ft900.board.bus.IoBus;
import dev.ft900.board.cpu.Core;
import dev.ft900.board.cpu.CoreState;
import dev.ft900.board.cpu.DataBus;
import dev.ft900.board.cpu.Instruction;
import dev.ft900.board.cpu.Stop;
import dev.ft900.board.irq.Interrupts;
import dev.ft900.board.memory.Ram;
import java.util.Arrays;

/**
 * Skips time in which a program only waits. Before a slice it follows the core for a few instructions: if the core comes back to where it was,
 * with the same registers and the same RAM, having stored to no device and loaded only what is steady, then it will go on in that circle
 * until the slice is over, since nothing else happens before. So whole rounds are left out, and the program sees the same as if
 * they had been executed.
 *
 * <p>Not used while somebody watches single instructions or accesses.
 */
final class IdleLoop {
    /** The longest circle that is looked for, in instructions. */
    private static final int LONGEST = 96;

    /** More words than a waiting program writes in one round. */
    private static final int MOST_WORDS = 32;

    private static final int BREAK_WORD = 0x00340002;

    private final Core core;
    private final IoBus io;
    private final Interrupts interrupts;
    private final int[] registers = new int[32];
    private final int[] addresses = new int[MOST_WORDS];
    private final int[] contents = new int[MOST_WORDS];
    private int words;
    private long skipped;

    IdleLoop(Core core, IoBus io, Interrupts interrupts) {
        this.core = core;
        this.io = io;
        this.interrupts = interrupts;
    }

    /** Cycles that were left out so far. */
    long skipped() {
        return skipped;
    }

    /** Runs the core as {@link Core#run} does. */
    Stop run(long untilCycle) {
        boolean worthwhile = untilCycle - core.state().cycles() > 2 * LONGEST;
        if (worthwhile && core.interpreter().observer() == null && !core.bus().isWatched()) {
            var stop = followCircle(untilCycle);
            if (stop != null) {
                return stop;
            }
        }
        return core.run(untilCycle);
    }

    /** @return null to go on */
    private Stop followCircle(long untilCycle) {
        var state = core.state();
        state.settleFlags();
        System.arraycopy(state.r, 0, registers, 0, registers.length);
        int start = state.pc;
        words = 0;
        for (int length = 1; length <= LONGEST; length++) {
            if (core.holdsOffInterrupts()
                    || interrupts.pending()
                    || !isHarmless(Instruction.decode(core.program().word(state.pc)))) {
                return null;
            }
            var stop = core.step();
            if (!(stop instanceof Stop.Reached)) {
                return stop;
            }
            if (state.pc == start && isAsBefore(state)) {
                long rounds = (untilCycle - state.cycles()) / length;
                skipped += rounds * length;
                core.skipTo(state.cycles() + rounds * length);
                return null;
            }
        }
        return null;
    }

    private boolean isAsBefore(CoreState state) {
        state.settleFlags();
        if (!Arrays.equals(state.r, registers)) {
            return false;
        }
        for (int i = 0; i < words; i++) {
            if (core.ram().load(addresses[i], AccessWidth.WORD) != contents[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the next instruction leaves no trace but in registers and RAM, and would do the same at any other time. */
    private boolean isHarmless(Instruction next) {
        int[] r = core.state().r;
        return switch (next.kind()) {
            case ALU, CMP, LDK, LPM, LPMI, POP, UNLINK -> true;
            case JUMP, JUMP_INDIRECT -> next.word() != BREAK_WORD && (!next.call() || notesPush());
            case PUSH, LINK -> notesPush();
            case RETURN -> !next.fromInterrupt();
            case LDA -> loadsSteadily(next.k(), next.width());
            case LDI -> loadsSteadily(r[next.a()] + next.k(), next.width());
            case STA, EXA -> notes(next.k());
            case STI -> notes(r[next.d()] + next.k());
            case EXI -> notes(r[next.a()] + next.k());
            default -> false;
        };
    }

    private boolean loadsSteadily(int address, AccessWidth width) {
        int at = width.align(address & DataBus.ADDRESS_MASK);
        return at < Ram.SIZE || io.isSteady(at, width);
    }

    private boolean notesPush() {
        return notes(core.state().r[CoreState.SP] - 4 & CoreState.SP_MASK);
    }

    /** Notes what is in a word of RAM before it is first written. */
    private boolean notes(int address) {
        int at = address & DataBus.ADDRESS_MASK & ~3;
        if (at >= Ram.SIZE) {
            return false;
        }
        for (int i = 0; i < words; i++) {
            if (addresses[i] == at) {
                return true;
            }
        }
        if (words == MOST_WORDS) {
            return false;
        }
        addresses[words] = at;
        contents[words++] = core.ram().load(at, AccessWidth.WORD);
        return true;
    }
}
