package dev.ft900.board.peripheral.uart;

import dev.ft900.board.clock.Alarm;
import dev.ft900.board.clock.SimClock;
import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import dev.ft900.board.state.Stateful;
import java.util.function.BooleanSupplier;

/** The sending half of a UART: FIFO and shift register. A character reaches the peer when its last bit has left. */
final class Transmitter implements Stateful {
    private final UartTiming timing;
    private final FifoMode mode;
    private final BooleanSupplier mayStart;
    private final SerialPeer out;
    private final Runnable changed;
    private final Alarm done;
    private final CharacterFifo fifo = new CharacterFifo();
    private boolean shifting;
    private int shifted;
    private boolean wanted = true;

    /**
     * Makes it idle.
     *
     * @param mayStart whether flow control lets the next character go
     * @param out where characters go
     * @param changed run when a level has changed
     */
    Transmitter(
            String name,
            UartTiming timing,
            FifoMode mode,
            SimClock clock,
            BooleanSupplier mayStart,
            SerialPeer out,
            Runnable changed) {
        this.timing = timing;
        this.mode = mode;
        this.mayStart = mayStart;
        this.out = out;
        this.changed = changed;
        this.done = clock.alarm(name + " tx", this::characterDone);
    }

    int level() {
        return fifo.size();
    }

    /** Whether nothing waits. */
    boolean isEmpty() {
        return fifo.isEmpty();
    }

    /** Whether nothing waits and nothing is on the line. */
    boolean isIdle() {
        return fifo.isEmpty() && !shifting;
    }

    /** Whether it asks for characters. */
    boolean wantsMore() {
        return mode.transmitTrigger() == 0 ? isIdle() : fifo.size() < mode.transmitTrigger();
    }

    /** Whether it asks since the last look, or asks still after a {@link #write}. */
    boolean asksAnew() {
        boolean wants = wantsMore();
        boolean anew = wants && !wanted;
        wanted = wants;
        return anew;
    }

    /** @return false if there was no room; the character is lost */
    boolean write(int character) {
        wanted = false;
        if (fifo.size() >= mode.depth()) {
            return false;
        }
        fifo.add(character);
        start();
        return true;
    }

    /** Begins with the next character if there is one and nothing stands against it: to be called when that may have changed. */
    void start() {
        if (!shifting && !fifo.isEmpty() && timing.bitCycles() > 0 && mayStart.getAsBoolean()) {
            shifted = fifo.remove();
            shifting = true;
            done.in(timing.characterCycles());
        }
    }

    private void characterDone() {
        shifting = false;
        int character = shifted;
        start();
        out.transmitted(character);
        changed.run();
    }

    /** Forgets what waits; what is on the line goes on. */
    void clear() {
        fifo.clear();
    }

    /** Forgets all. */
    void stop() {
        clear();
        wanted = true;
        shifting = false;
        done.cancel();
    }

    /** Hands all that waits to the peer at once, as if there had been time to send it. */
    void flush() {
        if (shifting) {
            out.transmitted(shifted);
        }
        while (!fifo.isEmpty()) {
            out.transmitted(fifo.remove());
        }
        stop();
    }

    @Override
    public void save(StateWriter out) {
        fifo.save(out);
        out.putBoolean(shifting);
        out.putInt(shifted);
        out.putBoolean(wanted);
    }

    @Override
    public void restore(StateReader in) {
        fifo.restore(in);
        shifting = in.getBoolean();
        shifted = in.getInt();
        wanted = in.getBoolean();
    }
}
