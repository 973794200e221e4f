package dev.ft900.board.cpu;

import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import dev.ft900.board.state.Stateful;

/**
 * What a core and its engines share. The fields are public because generated code works on them; everybody else uses the methods of
 * {@link Core}.
 *
 * <p>Time: an engine takes one from {@link #budget} for each instruction, and stops at 0, or after an instruction that left
 * {@link #attention} set. During an instruction, the budget still counts it.
 *
 * <p>Flags: the compare class only notes its operation and operands; the seven bits are worked out when somebody reads r30.
 */
public final class CoreState implements Stateful {
    /** Register numbers of the sheet's aliases. */
    public static final int FP = 29;

    public static final int CC = 30;
    public static final int SP = 31;

    /** Bits of a byte address in program memory. */
    public static final int PC_MASK = 0x3FFFC;

    /** Bits of a stack address: the stack is in RAM whatever else r31 holds (hardware sheet 1.7). */
    public static final int SP_MASK = 0xFFFF;

    /** Says that r30 holds what it should. */
    public static final int FLAGS_KNOWN = 0;

    /** r0 to r31; r30 only if {@link #compare} is {@link #FLAGS_KNOWN}. */
    public final int[] r = new int[32];

    /** Byte address of the next instruction, a multiple of 4 below 0x40000. */
    public int pc;

    /** Instructions left until {@link #sliceEnd}. */
    public int budget;

    /** The cycle at which the budget is 0. */
    public long sliceEnd;

    /** Set when the core is to look after something before the next instruction. */
    public boolean attention;

    /** {@link #FLAGS_KNOWN}, or {@link #compareCode} of the last instruction of the compare class. */
    public int compare;

    public int compareX;
    public int compareY;

    /** Cycles since power-on; inside an instruction, those before it. */
    public long cycles() {
        return sliceEnd - budget;
    }

    /** How {@link #compare} names an operation. */
    public static int compareCode(int al, int dw) {
        return 1 + (al << 2 | dw);
    }

    /** What r30 should hold. */
    public static int flags(int compare, int x, int y, int known) {
        return compare == FLAGS_KNOWN ? known : Flags.of(compare - 1 >> 2, compare - 1 & 3, x, y);
    }

    /** Makes r30 hold what it should. */
    public void settleFlags() {
        r[CC] = flags(compare, compareX, compareY, r[CC]);
        compare = FLAGS_KNOWN;
    }

    /** Lets the engines run until a cycle, at most {@link Integer#MAX_VALUE} from now. */
    void runUntil(long cycle) {
        long now = cycles();
        sliceEnd = Math.min(cycle, now + Integer.MAX_VALUE);
        budget = (int) Math.max(0, sliceEnd - now);
        sliceEnd = now + budget;
    }

    /** Ends the slice earlier, if {@code cycle} is earlier; to be called inside an instruction or between two. */
    void endBy(long cycle) {
        if (cycle < sliceEnd) {
            runUntil(cycle);
            attention = true;
        }
    }

    /** Lets time pass without instructions, from one slice to the next. */
    void skipTo(long cycle) {
        sliceEnd = Math.max(cycle, cycles());
        budget = 0;
    }

    @Override
    public void save(StateWriter out) {
        settleFlags();
        for (int value : r) {
            out.putInt(value);
        }
        out.putInt(pc);
        out.putLong(cycles());
    }

    @Override
    public void restore(StateReader in) {
        for (int i = 0; i < r.length; i++) {
            r[i] = in.getInt();
        }
        compare = FLAGS_KNOWN;
        pc = in.getInt(0, PC_MASK) & PC_MASK;
        sliceEnd = in.getLong();
        budget = 0;
        attention = true;
    }
}
