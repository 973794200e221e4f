package dev.ft900.board.peripheral.rtc;

import dev.ft900.board.bus.Findings;
import dev.ft900.board.clock.Alarm;
import dev.ft900.board.clock.SimClock;
import dev.ft900.board.control.ResetCause;
import dev.ft900.board.irq.InterruptLine;
import dev.ft900.board.register.RegisterBank;
import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import java.util.List;

/**
 * The RTC of revision C; sheet 4.5. TIME and DATE are copies, brought up to date by a refresh; what is written to them and to the alarms
 * reaches the clock with WRST, and only what was written since the last WRST (question 38). Refresh and WRST are done at once. Counts
 * 24 hours whatever the hour mode. Its crystal is ideal, so calibration and trimming change nothing and only read back. Not modelled: sleep
 * time stamps, oscillator failures.
 *
 * <p>It has a battery: time, date and whether it runs survive every reset, and a loss of power; alarms and interrupt enables do not.
 */
public final class RtcC implements RealTimeClock {
    private final RtcCRegisters registers;
    private final InterruptLine interrupt;
    private final Runnable alarmWentOff;
    private final Alarm second;
    private final BcdClock now = new BcdClock();
    private final int[] alarms = new int[2];
    private boolean timeWritten;
    private boolean dateWritten;
    private final boolean[] alarmWritten = new boolean[2];

    /**
     * Makes the clock, stopped.
     *
     * @param alarmWentOff run when an alarm goes off, enabled or not
     */
    public RtcC(int base, SimClock clock, InterruptLine interrupt, Runnable alarmWentOff, Findings findings) {
        this.registers = new RtcCRegisters(base, findings);
        this.interrupt = interrupt;
        this.alarmWentOff = alarmWentOff;
        this.second = clock.alarm("RTC second", this::tick);
        registers.time.onWrite(() -> timeWritten = true);
        registers.date.onWrite(() -> dateWritten = true);
        for (int i = 0; i < alarms.length; i++) {
            int number = i;
            registers.alarm[i].onWrite(() -> alarmWritten[number] = true);
        }
        registers.control.onWrite(this::controlled);
        registers.status.onWrite(this::showInterrupt);
    }

    private void controlled() {
        if (registers.write.isSet()) {
            carryOver();
            registers.write.clear();
        }
        if (registers.refresh.isSet()) {
            refresh();
            registers.refresh.clear();
        }
        run();
        showInterrupt();
    }

    private void carryOver() {
        if (timeWritten) {
            now.time(registers.time.value());
        }
        if (dateWritten) {
            now.date(registers.date.value());
        }
        for (int i = 0; i < alarms.length; i++) {
            if (alarmWritten[i]) {
                alarms[i] = registers.alarm[i].value();
            }
            alarmWritten[i] = false;
        }
        timeWritten = false;
        dateWritten = false;
    }

    private void refresh() {
        registers.time.value(now.time());
        registers.date.value(now.date());
    }

    private void run() {
        if (!registers.enable.isSet()) {
            second.cancel();
        } else if (!second.isSet()) {
            second.in(SimClock.HERTZ);
        }
    }

    private void tick() {
        second.in(SimClock.HERTZ);
        now.tick();
        if (registers.autoRefresh.isSet()) {
            refresh();
        }
        for (int i = 0; i < alarms.length; i++) {
            if (now.matches(alarms[i])) {
                registers.alarmed[i].set();
                alarmWentOff.run();
            }
        }
        showInterrupt();
    }

    private void showInterrupt() {
        int enabled = registers.status.value() & registers.control.value() & 0x0C;
        interrupt.set(registers.interruptEnable.isSet() && enabled != 0);
    }

    @Override
    public void jump(long seconds) {
        now.advance(seconds);
    }

    @Override
    public List<RegisterBank> tables() {
        return List.of(registers.bank);
    }

    @Override
    public void reset(ResetCause cause) {
        boolean wasRunning = registers.enable.isSet();
        registers.bank.reset();
        registers.enable.set(wasRunning);
        timeWritten = false;
        dateWritten = false;
        for (int i = 0; i < alarms.length; i++) {
            alarms[i] = 0;
            alarmWritten[i] = false;
        }
        showInterrupt();
    }

    @Override
    public void save(StateWriter out) {
        registers.bank.save(out);
        now.save(out);
        out.putBoolean(timeWritten);
        out.putBoolean(dateWritten);
        for (int i = 0; i < alarms.length; i++) {
            out.putInt(alarms[i]);
            out.putBoolean(alarmWritten[i]);
        }
    }

    @Override
    public void restore(StateReader in) {
        registers.bank.restore(in);
        now.restore(in);
        timeWritten = in.getBoolean();
        dateWritten = in.getBoolean();
        for (int i = 0; i < alarms.length; i++) {
            alarms[i] = in.getInt();
            alarmWritten[i] = in.getBoolean();
        }
    }
}
