package dev.ft900.board.peripheral.irq;

import static dev.ft900.board.register.Access.READ_WRITE;

import dev.ft900.board.bus.Findings;
import dev.ft900.board.control.ResetCause;
import dev.ft900.board.irq.InterruptLine;
import dev.ft900.board.irq.Interrupts;
import dev.ft900.board.peripheral.Peripheral;
import dev.ft900.board.register.Field;
import dev.ft900.board.register.Reach;
import dev.ft900.board.register.Register;
import dev.ft900.board.register.RegisterBank;
import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import java.util.List;

/**
 * The interrupt controller; sheet 3.3 and 3.4. Inputs are levels. The vector follows the priority's value, not the input's number, which
 * is what the vendor's SDK builds on (sheet 6, question 11); of equal priorities the lowest input comes first (12). The watchdog has
 * its own vector, ignores the global mask, and may interrupt any handler but itself (15).
 */
public final class InterruptController implements Peripheral, Interrupts {
    /** Inputs are numbered 0 … {@code INPUTS - 1}. */
    public static final int INPUTS = 32;

    private static final int WATCHDOG_VECTOR = 0x04;
    private static final int FIRST_VECTOR = 0x08;
    private static final int WATCHDOG = -1;
    private static final int NONE = INPUTS;
    /** Priorities in service: at most one of each, and the watchdog. */
    private static final int DEEPEST = INPUTS + 1;

    private final RegisterBank bank;
    private final Field[] priority = new Field[INPUTS];
    private final Field depth;
    private final Field nesting;
    private final Field globalMask;
    private final Runnable attention;
    private final int[] inService = new int[DEEPEST];
    private int serving;
    private int asserted;
    private boolean watchdog;

    /**
     * Makes the controller.
     *
     * @param attention to be run whenever {@link #pending()} may have become true
     */
    public InterruptController(int base, Runnable attention, Findings findings) {
        this.attention = attention;
        bank = new RegisterBank("IRQ", base, 0x24, Reach.ANY, findings);
        for (int input = 0; input < INPUTS; input++) {
            Register register = bank.register(input, "IRQ" + input + "_PRIORITY", 8, input);
            priority[input] = register.field(4, 0, "priority", READ_WRITE);
            register.onWrite(attention);
        }
        Register control = bank.register(0x20, "IRQ_NESTING", 8, 0x00).onWrite(attention);
        depth = control.field(3, 0, "depth", READ_WRITE);
        nesting = control.bit(7, "enable", READ_WRITE);
        bank.register(0x21, "IRQ_RESERVED1", 8, 0x00).reserved(7, 0);
        bank.register(0x22, "IRQ_RESERVED2", 8, 0x00).reserved(7, 0);
        globalMask = bank.register(0x23, "IRQ_MASK", 8, 0x80).onWrite(attention).bit(7, "global_mask", READ_WRITE);
    }

    /** The line of input {@code number}, 0 … 31. */
    public InterruptLine input(int number) {
        int bit = 1 << number;
        return on -> {
            asserted = on ? asserted | bit : asserted & ~bit;
            if (on) {
                attention.run();
            }
        };
    }

    /** The watchdog's own line. */
    public InterruptLine watchdogInput() {
        return on -> {
            watchdog = on;
            if (on) {
                attention.run();
            }
        };
    }

    @Override
    public boolean pending() {
        return next() != NONE;
    }

    @Override
    public int enter() {
        int next = next();
        if (next == NONE) {
            throw new IllegalStateException("no interrupt is pending");
        }
        inService[serving++] = next;
        return next == WATCHDOG ? WATCHDOG_VECTOR : FIRST_VECTOR + 4 * next;
    }

    @Override
    public void leave() {
        if (serving > 0) {
            serving--;
            attention.run();
        }
    }

    /** The CPU starts anew: nothing is in service any more. */
    public void forgetService() {
        serving = 0;
        attention.run();
    }

    /** The priority to be served next, {@link #WATCHDOG}, or {@link #NONE}. */
    private int next() {
        if (watchdog && !isServing(WATCHDOG)) {
            return WATCHDOG;
        }
        int visible = globalMask.isSet() ? asserted & 1 : asserted;
        if (visible == 0 || !mayEnter()) {
            return NONE;
        }
        int best = NONE;
        for (int rest = visible; rest != 0; rest &= rest - 1) {
            best = Math.min(best, priority[Integer.numberOfTrailingZeros(rest)].value());
        }
        return serving == 0 || best < inService[serving - 1] ? best : NONE;
    }

    private boolean mayEnter() {
        return serving == 0 || nesting.isSet() && serving <= depth.value() && !isServing(WATCHDOG);
    }

    private boolean isServing(int wanted) {
        for (int level = 0; level < serving; level++) {
            if (inService[level] == wanted) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<RegisterBank> tables() {
        return List.of(bank);
    }

    /** Forgets what is in service; inputs stay as their sources hold them. */
    @Override
    public void reset(ResetCause cause) {
        bank.reset();
        serving = 0;
    }

    @Override
    public void save(StateWriter out) {
        bank.save(out);
        out.putInt(asserted);
        out.putBoolean(watchdog);
        out.putInt(serving);
        for (int level = 0; level < serving; level++) {
            out.putInt(inService[level]);
        }
    }

    @Override
    public void restore(StateReader in) {
        bank.restore(in);
        asserted = in.getInt();
        watchdog = in.getBoolean();
        serving = in.getInt(0, DEEPEST);
        for (int level = 0; level < serving; level++) {
            inService[level] = in.getInt(WATCHDOG, INPUTS - 1);
        }
    }
}
