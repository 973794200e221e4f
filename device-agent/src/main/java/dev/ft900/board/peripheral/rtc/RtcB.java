package dev.ft900.board.peripheral.rtc;

import static dev.ft900.board.register.Access.READ_ONLY;
import static dev.ft900.board.register.Access.READ_WRITE;

import dev.ft900.board.bus.Findings;
import dev.ft900.board.clock.Alarm;
import dev.ft900.board.clock.SimClock;
import dev.ft900.board.control.ResetCause;
import dev.ft900.board.irq.InterruptLine;
import dev.ft900.board.register.Field;
import dev.ft900.board.register.Reach;
import dev.ft900.board.register.Register;
import dev.ft900.board.register.RegisterBank;
import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import java.util.List;

/**
 * The RTC of revision B; sheet 4.5. A counter at 32 Hz (question 29) with one match value. The raw status is set when the counter steps
 * onto the match value, not while both are equal. With "wrap at match" the counter is 0 in the moment of the match. A reset of
 * the chip stops and clears it.
 */
public final class RtcB implements RealTimeClock {
    private static final long TICK_CYCLES = SimClock.HERTZ / 32;
    private static final long COUNTS = 1L << 32;

    private final RegisterBank bank;
    private final Register match;
    private final Register load;
    private final Register control;
    private final Field interruptEnable;
    private final Field interruptMask;
    private final Field enable;
    private final Field wrap;
    private final SimClock clock;
    private final InterruptLine interrupt;
    private final Alarm step;
    private boolean raw;
    private boolean running;
    private long origin;
    private int count;

    /** Makes the clock, stopped at 0. */
    public RtcB(int base, SimClock clock, InterruptLine interrupt, Findings findings) {
        this.clock = clock;
        this.interrupt = interrupt;
        this.step = clock.alarm("RTC match", this::matched);
        bank = new RegisterBank("RTC_B", base, 0x20, Reach.WORDS, findings);
        bank.register(0x00, "RTC_CCVR", 32, 0, READ_ONLY).reads(this::counter);
        match = bank.register(0x04, "RTC_CMR", 32, 0, READ_WRITE).onWrite(this::schedule);
        load = bank.register(0x08, "RTC_CLR", 32, 0, READ_WRITE).onWrite(this::loaded);
        control = bank.register(0x0C, "RTC_CCR", 32, 0).onWrite(this::controlled);
        interruptEnable = control.bit(0, "ien", READ_WRITE);
        interruptMask = control.bit(1, "mask", READ_WRITE);
        enable = control.bit(2, "en", READ_WRITE);
        wrap = control.bit(3, "wen", READ_WRITE);
        var status = bank.register(0x10, "RTC_STAT", 32, 0)
                .reads(() -> isSignalled() ? 1 : 0)
                .steady();
        status.bit(0, "stat", READ_ONLY);
        var rawStatus =
                bank.register(0x14, "RTC_RSTAT", 32, 0).reads(() -> raw ? 1 : 0).steady();
        rawStatus.bit(0, "rstat", READ_ONLY);
        var end = bank.register(0x18, "RTC_EOI", 32, 0).reads(() -> raw ? 1 : 0).onRead(() -> {
            raw = false;
            showInterrupt();
        });
        end.bit(0, "eoi", READ_ONLY);
        bank.register(0x1C, "RTC_COMP_VERSION", 32, 0x3230_332A, READ_ONLY);
    }

    private int counter() {
        return running ? count + (int) ((clock.cycles() - origin) / TICK_CYCLES) : count;
    }

    private void loaded() {
        count = load.value();
        origin = clock.cycles();
        schedule();
    }

    private void controlled() {
        if (enable.isSet() != running) {
            count = counter();
            origin = clock.cycles();
            running = enable.isSet();
        }
        schedule();
        showInterrupt();
    }

    /** Sets the alarm for the next step onto the match value, if anything would come of it. */
    private void schedule() {
        if (!running || !interruptEnable.isSet() && !wrap.isSet()) {
            step.cancel();
            return;
        }
        long steps = Integer.toUnsignedLong(match.value() - counter());
        long done = (clock.cycles() - origin) / TICK_CYCLES;
        step.at(origin + (done + (steps == 0 ? COUNTS : steps)) * TICK_CYCLES);
    }

    private void matched() {
        raw |= interruptEnable.isSet();
        if (wrap.isSet()) {
            count = 0;
            origin = clock.cycles();
        }
        schedule();
        showInterrupt();
    }

    private boolean isSignalled() {
        return raw && !interruptMask.isSet();
    }

    private void showInterrupt() {
        interrupt.set(isSignalled());
    }

    @Override
    public void jump(long seconds) {
        count += (int) (seconds * 32);
        schedule();
    }

    @Override
    public List<RegisterBank> tables() {
        return List.of(bank);
    }

    @Override
    public void reset(ResetCause cause) {
        bank.reset();
        step.cancel();
        raw = false;
        running = false;
        count = 0;
        showInterrupt();
    }

    @Override
    public void save(StateWriter out) {
        bank.save(out);
        out.putBoolean(raw);
        out.putBoolean(running);
        out.putLong(origin);
        out.putInt(count);
    }

    @Override
    public void restore(StateReader in) {
        bank.restore(in);
        raw = in.getBoolean();
        running = in.getBoolean();
        origin = in.getLong();
        count = in.getInt();
    }
}
