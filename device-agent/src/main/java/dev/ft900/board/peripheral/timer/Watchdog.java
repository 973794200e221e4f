package dev.ft900.board.peripheral.timer;

import dev.ft900.board.clock.Alarm;
import dev.ft900.board.clock.SimClock;
import dev.ft900.board.control.MachineControl;
import dev.ft900.board.control.ResetCause;
import dev.ft900.board.irq.InterruptLine;
import dev.ft900.board.peripheral.Revision;
import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import dev.ft900.board.state.Stateful;

/**
 * The watchdog; sheet 3.6. Once started it cannot be stopped. A kick restarts it also between the first and the second expiry (sheet 6,
 * question 28). On revision B further expiries only set the interrupt again.
 */
final class Watchdog implements Stateful {
    private final TimerRegisters registers;
    private final Revision revision;
    private final InterruptLine line;
    private final MachineControl machine;
    private final Alarm expiry;
    private boolean expiredOnce;

    Watchdog(TimerRegisters registers, Revision revision, SimClock clock, InterruptLine line, MachineControl machine) {
        this.registers = registers;
        this.revision = revision;
        this.line = line;
        this.machine = machine;
        this.expiry = clock.alarm("watchdog", this::expired);
    }

    /** CONTROL_2 was written. */
    void controlWritten() {
        boolean starts = registers.startWatchdog.isSet() && !expiry.isSet();
        boolean kicked = registers.clearWatchdog.isSet() && expiry.isSet();
        if (starts || kicked) {
            expiredOnce = false;
            run();
        }
        showInterrupt();
    }

    private void run() {
        expiry.in(1L << registers.watchdogExponent.value());
    }

    private void expired() {
        if (expiredOnce && revision == Revision.C) {
            machine.reset(ResetCause.WATCHDOG);
            return;
        }
        expiredOnce = true;
        registers.watchdogInterrupt.set();
        run();
        showInterrupt();
    }

    private void showInterrupt() {
        line.set(registers.watchdogInterrupt.isSet() && registers.watchdogInterruptEnable.isSet());
    }

    void reset() {
        expiry.cancel();
        expiredOnce = false;
        showInterrupt();
    }

    @Override
    public void save(StateWriter out) {
        out.putBoolean(expiredOnce);
    }

    @Override
    public void restore(StateReader in) {
        expiredOnce = in.getBoolean();
    }
}
