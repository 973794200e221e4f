package dev.ft900.board.peripheral.gpio;

import dev.ft900.board.bus.Findings;
import dev.ft900.board.control.ResetCause;
import dev.ft900.board.irq.InterruptLine;
import dev.ft900.board.peripheral.Peripheral;
import dev.ft900.board.peripheral.gpio.PadBank.Drive;
import dev.ft900.board.register.Register;
import dev.ft900.board.register.RegisterBank;
import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Pads and GPIO, 67 of them; sheet 4.2. A pad's level is what the chip drives, else what the outside drives, else its pull; no pull reads
 * low, a keeper keeps. Where chip and outside fight, the chip wins silently. A pad in function 1–3 has the level that the outside or
 * its pull gives it: what the other function drives is not shown. Slew, Schmitt trigger and drive strength only read back.
 *
 * <p>An edge is latched in the pending register whether or not it is enabled (sheet 6, question 23).
 */
public final class Gpio implements Peripheral {
    /** Pads are numbered 0 … {@code PADS - 1}. */
    public static final int PADS = GpioRegisters.PADS;

    private static final int OUTPUT = 1;

    private final GpioRegisters registers;
    private final InterruptLine interrupt;
    private final Runnable activity;
    private final PadBank pads = new PadBank();
    private final boolean[] levels = new boolean[PADS];
    private final List<PadListener> listeners = new ArrayList<>();

    /**
     * Makes the block.
     *
     * @param base of the pad registers; the GPIO registers follow
     * @param activity run at every edge that a pad latches
     */
    public Gpio(int base, InterruptLine interrupt, Runnable activity, Findings findings) {
        this.registers = new GpioRegisters(base, findings);
        this.interrupt = interrupt;
        this.activity = activity;
        for (int word = 0; word < registers.value.length; word++) {
            int first = word * 32;
            registers.value[word].reads(() -> levelsFrom(first)).steady();
            registers.interruptEnable[word].onWrite(this::showInterrupt);
            registers.interruptPending[word].onWrite(this::showInterrupt);
        }
        registers.bank.registers().stream()
                .filter(register -> register.offset() < registers.interruptEnable[0].offset())
                .forEach(register -> register.onWrite(this::settle));
        settle();
    }

    /** Tells {@code listener} of every change from now on. */
    public void listen(PadListener listener) {
        listeners.add(listener);
    }

    /** Stops telling it. */
    public void forget(PadListener listener) {
        listeners.remove(listener);
    }

    /** Whether the pad is high. */
    public boolean isHigh(int pad) {
        return levels[pad];
    }

    /** Whether the chip drives the pad itself, as GPIO: output, or open drain at low. */
    public boolean isDrivenByChip(int pad) {
        return byChip(pad) != Drive.NONE;
    }

    /** Drives a pad from outside, until {@link #release}. */
    public void drive(int pad, boolean high) {
        pads.drive(pad, high ? Drive.HIGH : Drive.LOW);
        settle();
    }

    /** Leaves a pad to the chip and to its pull. */
    public void release(int pad) {
        pads.drive(pad, Drive.NONE);
        settle();
    }

    /**
     * A fault: holds a pad at a level whatever anybody drives.
     *
     * @param shown run once, as soon as the pad would have the other level
     */
    public void stick(int pad, boolean high, Runnable shown) {
        pads.stick(pad, high ? Drive.HIGH : Drive.LOW, shown);
        settle();
    }

    /** Ends the fault. */
    public void unstick(int pad) {
        pads.stick(pad, Drive.NONE, () -> {});
        settle();
    }

    private Drive byChip(int pad) {
        int direction = registers.direction[pad].value();
        if (registers.function[pad].value() != 0 || direction == 0) {
            return Drive.NONE;
        }
        boolean latch = (registers.value[pad / 32].value() >>> pad % 32 & 1) != 0;
        if (direction == OUTPUT) {
            return latch ? Drive.HIGH : Drive.LOW;
        }
        return latch ? Drive.NONE : Drive.LOW;
    }

    private boolean pulled(int pad) {
        return switch (registers.pull[pad].value()) {
            case 2 -> true;
            case 3 -> levels[pad];
            default -> false;
        };
    }

    /** Works out all levels after something changed, tells the listeners, and latches edges. */
    private void settle() {
        for (int pad = 0; pad < PADS; pad++) {
            boolean high = pads.level(pad, byChip(pad), pulled(pad));
            if (high != levels[pad]) {
                levels[pad] = high;
                latchEdge(pad, high);
                for (var listener : listeners) {
                    listener.changed(pad, high);
                }
            }
        }
        showInterrupt();
    }

    private void latchEdge(int pad, boolean rising) {
        if (registers.interruptCapable[pad].isSet()
                && registers.direction[pad].value() == 0
                && registers.risingEdge[pad].isSet() == rising) {
            Register pending = registers.interruptPending[pad / 32];
            pending.value(pending.value() | 1 << pad % 32);
            activity.run();
        }
    }

    private void showInterrupt() {
        boolean asserted = false;
        for (int word = 0; word < registers.interruptPending.length; word++) {
            asserted |= (registers.interruptPending[word].value() & registers.interruptEnable[word].value()) != 0;
        }
        interrupt.set(asserted);
    }

    private int levelsFrom(int first) {
        int word = 0;
        for (int pad = first; pad < Math.min(first + 32, PADS); pad++) {
            word |= levels[pad] ? 1 << pad - first : 0;
        }
        return word;
    }

    @Override
    public List<RegisterBank> tables() {
        return List.of(registers.bank);
    }

    @Override
    public void reset(ResetCause cause) {
        registers.bank.reset();
        settle();
        for (var pending : registers.interruptPending) {
            pending.value(0);
        }
        showInterrupt();
    }

    @Override
    public void save(StateWriter out) {
        registers.bank.save(out);
        pads.save(out);
        for (boolean level : levels) {
            out.putBoolean(level);
        }
    }

    @Override
    public void restore(StateReader in) {
        registers.bank.restore(in);
        pads.restore(in);
        for (int pad = 0; pad < PADS; pad++) {
            levels[pad] = in.getBoolean();
        }
    }
}
