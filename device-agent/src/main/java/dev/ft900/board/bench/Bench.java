package dev.ft900.board.bench;

import dev.ft900.board.clock.Alarm;
import dev.ft900.board.clock.SimClock;
import dev.ft900.board.control.ResetCause;
import dev.ft900.board.ft900.Ft900Devices;
import dev.ft900.board.machine.Machine;
import dev.ft900.board.machine.Outcome;
import dev.ft900.board.machine.Pace;
import dev.ft900.board.peripheral.gpio.PadListener;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/**
 * A bench with one virtual FT900 on it. Runs the machine freely and looks at it every millisecond of virtual time; so the same image with the
 * same acts at the same cycles gives the same run on every host. What is told to happen {@link #at} a cycle happens at that cycle
 * exactly.
 *
 * <p>For live use the machine is run elsewhere, with a pace, and the acts here are handed over with {@link Machine#post}; then the
 * methods that run the machine are not for use.
 */
public final class Bench {
    private static final long LOOK_CYCLES = SimClock.HERTZ / 1000;
    private static final int UARTS = 2;

    private final Machine<Ft900Devices> machine;
    private final SerialCapture[] serial = {new SerialCapture(), new SerialCapture()};
    private final Faults faults;
    private final PriorityQueue<Act> script =
            new PriorityQueue<>(Comparator.comparingLong(Act::cycle).thenComparingLong(Act::order));
    private final Alarm nextAct;
    private long acts;

    private record Act(long cycle, long order, Runnable what) {}

    /** Puts a board on the bench: what it prints is captured from now on. */
    public Bench(Machine<Ft900Devices> machine) {
        this.machine = machine;
        this.faults = new Faults(machine);
        this.nextAct = machine.clock().alarm("bench", this::act);
        for (int uart = 0; uart < UARTS; uart++) {
            machine.devices().uart(uart).connect(serial[uart]);
        }
    }

    /** What UART 0 or 1 printed. */
    public SerialCapture serial(int uart) {
        return serial[uart];
    }

    /**
     * Types text, Latin-1, at the baud rate of the UART.
     *
     * @throws IllegalStateException more is waiting than a cable holds
     */
    public void type(int uart, String text) {
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int taken = machine.devices().feed(uart).offer(bytes);
        if (taken < bytes.length) {
            throw new IllegalStateException("expected room for " + bytes.length + " bytes to UART" + uart + "; took "
                    + taken + ". Let the board run and read first.");
        }
    }

    /** Drives a pad from outside. */
    public void drive(int pad, boolean high) {
        machine.devices().gpio().drive(pad, high);
    }

    /** Leaves a pad to the board. */
    public void release(int pad) {
        machine.devices().gpio().release(pad);
    }

    /** Whether a pad is high. */
    public boolean isHigh(int pad) {
        return machine.devices().gpio().isHigh(pad);
    }

    /** Presses and lets go of the reset button. */
    public void pressReset() {
        machine.reset(ResetCause.PIN);
    }

    /** Cuts the power, under whatever is going on, and puts it on again. The flash keeps what it got, the battery its clock. */
    public void cutPower() {
        machine.powerOn();
    }

    /** Moves the board's clock on, as if somebody had set it. */
    public void jumpRtc(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("expected a jump forward; got " + by);
        }
        machine.devices().rtc().jump(by.toSeconds());
    }

    /** Faults to inject. */
    public Faults faults() {
        return faults;
    }

    /** Has something done at a cycle, or at the next one if that has passed. */
    public void at(long cycle, Runnable what) {
        script.add(new Act(cycle, acts++, what));
        nextAct.at(script.element().cycle());
    }

    private void act() {
        while (!script.isEmpty() && script.element().cycle() <= machine.cycles()) {
            script.remove().what().run();
        }
        if (!script.isEmpty()) {
            nextAct.at(script.element().cycle());
        }
    }

    /** Runs for a time. @return why it is over: {@link Outcome.CycleReached} if nothing happened before */
    public Outcome run(Duration time) {
        return runUntil(() -> false, time);
    }

    /** Runs until the program ends, faults, or the time is over. */
    public Outcome runToEnd(Duration atMost) {
        return runUntil(() -> false, atMost);
    }

    /** Runs until UART0 has printed a text. @return whether it has */
    public boolean awaitText(String text, Duration atMost) {
        runUntil(() -> serial[0].contains(text), atMost);
        return serial[0].contains(text);
    }

    /**
     * Runs until a pad changes to a level.
     *
     * @return the cycle of the edge, or empty if the time was over or the program ended before
     */
    public OptionalLong awaitEdge(int pad, boolean rising, Duration atMost) {
        var seen = new long[] {-1};
        PadListener listener = (changed, high) -> {
            if (changed == pad && high == rising && seen[0] < 0) {
                seen[0] = machine.cycles();
            }
        };
        machine.devices().gpio().listen(listener);
        try {
            runUntil(() -> seen[0] >= 0, atMost);
        } finally {
            machine.devices().gpio().forget(listener);
        }
        return seen[0] < 0 ? OptionalLong.empty() : OptionalLong.of(seen[0]);
    }

    /**
     * Runs until something is so, looked at every millisecond of virtual time.
     *
     * @return {@link Outcome.Stopped} if it is, else why the run is over
     */
    public Outcome runUntil(BooleanSupplier isSo, Duration atMost) {
        long end = machine.cycles() + cycles(atMost);
        while (!isSo.getAsBoolean()) {
            if (machine.cycles() >= end) {
                return new Outcome.CycleReached();
            }
            var outcome = machine.run(Math.min(end, machine.cycles() + LOOK_CYCLES), Pace.FREE);
            if (!(outcome instanceof Outcome.CycleReached)) {
                return outcome;
            }
        }
        return new Outcome.Stopped();
    }

    private static long cycles(Duration time) {
        return time.toNanos() / (1_000_000_000 / SimClock.HERTZ);
    }
}
