package dev.ft900.board.peripheral.uart;

import dev.ft900.board.clock.Alarm;
import dev.ft900.board.clock.SimClock;
import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import dev.ft900.board.state.Stateful;

/**
 * The receiving half of a UART: FIFO, time-out, and nine-bit addresses. While the FIFO holds data, an arriving address character and
 * what follows it are kept back, so that the data in front of it are handed over first (sheet 4.3.4, end).
 */
final class Receiver implements Stateful {
    static final int NINTH = 0x100;
    private static final int TIMEOUT_CHARACTERS = 4;

    private final UartTiming timing;
    private final FifoMode mode;
    private final Alarm timeout;
    private final CharacterFifo fifo = new CharacterFifo();
    private final CharacterFifo kept = new CharacterFifo();
    private boolean timedOut;
    private boolean held;

    /** @param changed run when the time-out has come */
    Receiver(String name, UartTiming timing, FifoMode mode, SimClock clock, Runnable changed) {
        this.timing = timing;
        this.mode = mode;
        this.timeout = clock.alarm(name + " rx time-out", () -> {
            timedOut = true;
            changed.run();
        });
    }

    int level() {
        return fifo.size();
    }

    boolean isEmpty() {
        return fifo.isEmpty();
    }

    /** Whether enough has come, or an address waits behind data. */
    boolean wantsAttention() {
        return fifo.size() >= mode.receiveTrigger() || !fifo.isEmpty() && !kept.isEmpty();
    }

    /** Whether characters have lain for four character times below the trigger. */
    boolean isTimedOut() {
        return timedOut && !fifo.isEmpty() && !wantsAttention();
    }

    /** The ninth bit of the character at the top. */
    boolean isTopNinth() {
        return (fifo.peek() & NINTH) != 0;
    }

    /**
     * A character has come.
     *
     * @param addressed whether address characters are told apart
     * @return false if there was no room; the character is lost
     */
    boolean arrive(int character, boolean addressed) {
        if (fifo.size() + kept.size() >= mode.depth()) {
            return false;
        }
        boolean keep = !kept.isEmpty() || addressed && (character & NINTH) != 0 && !fifo.isEmpty();
        (keep ? kept : fifo).add(character);
        restartTimeout();
        return true;
    }

    /** The oldest character; 0 when there is none. */
    int read() {
        int character = fifo.remove();
        if (fifo.isEmpty() && !kept.isEmpty()) {
            release();
        }
        restartTimeout();
        return character;
    }

    /** The address at the front of what was kept back, and the data behind it, up to the next address. */
    private void release() {
        do {
            fifo.add(kept.remove());
        } while (!kept.isEmpty() && (kept.peek() & NINTH) == 0);
    }

    private void restartTimeout() {
        timedOut = false;
        if (mode.isOn() && !fifo.isEmpty() && timing.bitCycles() > 0) {
            timeout.in(TIMEOUT_CHARACTERS * timing.characterCycles());
        } else {
            timeout.cancel();
        }
    }

    /** Whether automatic flow control holds the other end off, with hysteresis. */
    boolean holdsOff() {
        int level = fifo.size() + kept.size();
        held = held ? level > mode.flowLow() : level >= Math.max(1, mode.flowHigh());
        return held;
    }

    /** Forgets all. */
    void clear() {
        fifo.clear();
        kept.clear();
        timedOut = false;
        timeout.cancel();
    }

    @Override
    public void save(StateWriter out) {
        fifo.save(out);
        kept.save(out);
        out.putBoolean(timedOut);
        out.putBoolean(held);
    }

    @Override
    public void restore(StateReader in) {
        fifo.restore(in);
        kept.restore(in);
        timedOut = in.getBoolean();
        held = in.getBoolean();
    }
}
