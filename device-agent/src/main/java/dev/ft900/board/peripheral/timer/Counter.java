package dev.ft900.board.peripheral.timer;

import dev.ft900.board.clock.Alarm;
import dev.ft900.board.clock.SimClock;
import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import dev.ft900.board.state.Stateful;

/**
 * One of the four timers. It holds when its lap began rather than a count, so it costs an alarm per roll-over and nothing between.
 * While its roll-over is pending and nobody has acknowledged it, further roll-overs change nothing and need no alarm.
 */
final class Counter implements Stateful {
    private final SimClock clock;
    private final Alarm rollOver;
    private final Runnable rolledOver;
    private int reload;
    private boolean running;
    private boolean up;
    private boolean oneShot;
    private long tickCycles = 1;
    private int limit;
    private long lapStart;
    private int held;

    /** @param rolledOver run at a roll-over */
    Counter(String name, SimClock clock, Runnable rolledOver) {
        this.clock = clock;
        this.rolledOver = rolledOver;
        this.rollOver = clock.alarm(name, this::alarm);
    }

    /** The WRITE value. */
    int reload() {
        return reload;
    }

    /** Sets the WRITE value; a running timer takes it at its next roll-over. */
    void reload(int value) {
        catchUp();
        reload = value & 0xFFFF;
        watch();
    }

    /** @param ticks cycles per tick */
    void start(boolean countsUp, boolean once, long ticks) {
        up = countsUp;
        oneShot = once;
        tickCycles = ticks;
        running = true;
        begin();
    }

    private void begin() {
        limit = reload;
        lapStart = clock.cycles();
        watch();
    }

    void stop() {
        held = count();
        running = false;
        rollOver.cancel();
    }

    /** Goes back to the start of a lap. */
    void clear(boolean countsUp) {
        if (running) {
            begin();
        } else {
            held = countsUp ? 0 : reload;
        }
    }

    /** The current count, 0 … 0xFFFF. */
    int count() {
        if (!running) {
            return held;
        }
        catchUp();
        int ticks = (int) Math.min(limit, (clock.cycles() - lapStart) / tickCycles);
        return up ? ticks : limit - ticks;
    }

    /** The pending roll-over was acknowledged: the next one matters again. */
    void watch() {
        if (running) {
            catchUp();
            rollOver.at(lapStart + lapCycles());
        }
    }

    private long lapCycles() {
        return (limit + 1L) * tickCycles;
    }

    /** Accounts for laps that ended without an alarm. */
    private void catchUp() {
        if (running && !rollOver.isSet()) {
            long laps = (clock.cycles() - lapStart) / lapCycles();
            lapStart += laps * lapCycles();
        }
    }

    private void alarm() {
        lapStart += lapCycles();
        if (oneShot) {
            running = false;
            held = up ? 0 : reload;
        }
        boolean changed = limit != reload;
        limit = reload;
        rolledOver.run();
        if (changed) {
            watch();
        }
    }

    /** All as after power-on. */
    void reset() {
        rollOver.cancel();
        running = false;
        reload = 0;
        held = 0;
    }

    @Override
    public void save(StateWriter out) {
        out.putInt(reload);
        out.putBoolean(running);
        out.putBoolean(up);
        out.putBoolean(oneShot);
        out.putLong(tickCycles);
        out.putInt(limit);
        out.putLong(lapStart);
        out.putInt(held);
    }

    @Override
    public void restore(StateReader in) {
        reload = in.getInt(0, 0xFFFF);
        running = in.getBoolean();
        up = in.getBoolean();
        oneShot = in.getBoolean();
        tickCycles = Math.max(1, in.getLong());
        limit = in.getInt(0, 0xFFFF);
        lapStart = in.getLong();
        held = in.getInt(0, 0xFFFF);
    }
}
