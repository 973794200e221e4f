package dev.ft900.board.peripheral.timer;

import dev.ft900.board.bus.Finding.Kind;
import dev.ft900.board.bus.Findings;
import dev.ft900.board.clock.SimClock;
import dev.ft900.board.control.MachineControl;
import dev.ft900.board.control.ResetCause;
import dev.ft900.board.irq.InterruptLine;
import dev.ft900.board.peripheral.Peripheral;
import dev.ft900.board.peripheral.Revision;
import dev.ft900.board.register.RegisterBank;
import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import java.util.List;

/**
 * Timers A to D and the watchdog; sheet 4.4. A lap is WRITE + 1 ticks, a tick PRESC + 1 cycles (sheet 6, question 27). Direction,
 * one-shot and prescaler are taken at the start of a timer; each timer's prescaler starts with it, also where silicon shares one.
 */
public final class Timers implements Peripheral {
    private static final int TIMERS = TimerRegisters.TIMERS;

    private final TimerRegisters registers;
    private final Revision revision;
    private final InterruptLine interrupt;
    private final Counter[] counters = new Counter[TIMERS];
    private final int[] prescalers = new int[TIMERS];
    private final Watchdog watchdog;

    /**
     * Makes the block.
     *
     * @param interrupt input 17
     * @param watchdogLine the watchdog's own vector
     */
    public Timers(
            int base,
            Revision revision,
            SimClock clock,
            InterruptLine interrupt,
            InterruptLine watchdogLine,
            MachineControl machine,
            Findings findings) {
        this.registers = new TimerRegisters(base, revision, findings);
        this.revision = revision;
        this.interrupt = interrupt;
        this.watchdog = new Watchdog(registers, revision, clock, watchdogLine, machine);
        for (int timer = 0; timer < TIMERS; timer++) {
            int number = timer;
            counters[timer] = new Counter("timer " + (char) ('A' + timer), clock, () -> rolledOver(number));
        }
        connectRegisters();
    }

    private void connectRegisters() {
        registers.control0.onWrite(() -> {
            if (registers.softReset.isSet()) {
                softReset();
            }
        });
        registers.control1.onWrite(this::startAndStop);
        registers.control2.onWrite(watchdog::controlWritten);
        registers.control4.onWrite(this::clear);
        registers.interrupt.onWrite(this::interruptWritten);
        registers.writeLow.reads(() -> writeSelected().reload() & 0xFF).onWrite(() -> writeSelected()
                .reload(writeSelected().reload() & 0xFF00 | registers.writeLow.value()));
        registers.writeHigh.reads(() -> writeSelected().reload() >> 8).onWrite(() -> writeSelected()
                .reload(writeSelected().reload() & 0x00FF | registers.writeHigh.value() << 8));
        registers
                .prescalerLow
                .reads(() -> prescalers[prescaler()] & 0xFF)
                .onWrite(() ->
                        prescalers[prescaler()] = prescalers[prescaler()] & 0xFF00 | registers.prescalerLow.value());
        registers
                .prescalerHigh
                .reads(() -> prescalers[prescaler()] >> 8)
                .onWrite(() -> prescalers[prescaler()] =
                        prescalers[prescaler()] & 0x00FF | registers.prescalerHigh.value() << 8);
        registers.readLow.reads(() -> readSelected().count() & 0xFF);
        registers.readHigh.reads(() -> readSelected().count() >> 8);
    }

    private Counter writeSelected() {
        return counters[registers.writeSelect.value()];
    }

    private Counter readSelected() {
        return counters[registers.readSelect.value()];
    }

    /** Which prescaler PRESC means: the only one of revision B, or that of the selected timer. */
    private int prescaler() {
        return prescalerOf(registers.writeSelect.value());
    }

    private int prescalerOf(int timer) {
        return revision == Revision.B ? 0 : timer;
    }

    private void startAndStop() {
        for (int timer = 0; timer < TIMERS; timer++) {
            if (registers.stop[timer].isSet()) {
                counters[timer].stop();
            }
            if (registers.start[timer].isSet()) {
                start(timer);
            }
        }
    }

    private void start(int timer) {
        if (!registers.blockEnable.isSet()) {
            registers.bank.report(Kind.GUEST_ERROR, 1, "starts a timer while block_en is 0; it does not run");
            return;
        }
        long tick = registers.prescaled[timer].isSet() ? prescalers[prescalerOf(timer)] + 1L : 1;
        counters[timer].start(registers.countUp[timer].isSet(), registers.oneShot[timer].isSet(), tick);
    }

    private void clear() {
        for (int timer = 0; timer < TIMERS; timer++) {
            if (registers.clear[timer].isSet()) {
                counters[timer].clear(registers.countUp[timer].isSet());
            }
        }
    }

    private void rolledOver(int timer) {
        registers.pending[timer].set();
        showInterrupt();
    }

    private void interruptWritten(int before) {
        for (int timer = 0; timer < TIMERS; timer++) {
            if ((before & registers.pending[timer].mask()) != 0 && !registers.pending[timer].isSet()) {
                counters[timer].watch();
            }
        }
        showInterrupt();
    }

    private void showInterrupt() {
        int value = registers.interrupt.value();
        interrupt.set((value & value >> 1 & 0x55) != 0);
    }

    /** Everything but the watchdog, which nothing short of a reset of the chip stops. */
    private void softReset() {
        int control = registers.control0.value();
        int watchdogBits = registers.control2.value()
                & (registers.watchdogInterrupt.mask() | registers.watchdogInterruptEnable.mask());
        int exponent = registers.watchdogExponent.value();
        boolean wasWatchdogReset = registers.watchdogReset != null && registers.watchdogReset.isSet();
        registers.bank.reset();
        registers.control0.value(control);
        registers.control2.value(watchdogBits);
        registers.watchdogExponent.value(exponent);
        if (wasWatchdogReset) {
            registers.watchdogReset.set();
        }
        resetCounters();
    }

    private void resetCounters() {
        for (int timer = 0; timer < TIMERS; timer++) {
            counters[timer].reset();
            prescalers[timer] = 0;
        }
        showInterrupt();
    }

    @Override
    public List<RegisterBank> tables() {
        return List.of(registers.bank);
    }

    @Override
    public void reset(ResetCause cause) {
        registers.bank.reset();
        resetCounters();
        watchdog.reset();
        if (cause == ResetCause.WATCHDOG && registers.watchdogReset != null) {
            registers.watchdogReset.set();
        }
    }

    @Override
    public void save(StateWriter out) {
        registers.bank.save(out);
        for (int timer = 0; timer < TIMERS; timer++) {
            counters[timer].save(out);
            out.putInt(prescalers[timer]);
        }
        watchdog.save(out);
    }

    @Override
    public void restore(StateReader in) {
        registers.bank.restore(in);
        for (int timer = 0; timer < TIMERS; timer++) {
            counters[timer].restore(in);
            prescalers[timer] = in.getInt(0, 0xFFFF);
        }
        watchdog.restore(in);
    }
}
