package dev.ft900.board.peripheral.uart;

import dev.ft900.board.clock.Alarm;
import dev.ft900.board.clock.SimClock;
import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import dev.ft900.board.state.Stateful;

/**
 * What somebody outside types: bytes that reach a UART one after the other, at the UART's own baud rate, waiting while its automatic flow
 * control says so or while it has no baud rate. Holds {@value #CAPACITY} bytes.
 */
public final class SerialFeed implements Stateful {
    /** How many bytes may wait. */
    public static final int CAPACITY = 1 << 16;

    private static final long LOOK_AGAIN_CYCLES = SimClock.HERTZ / 1000;

    private final Uart uart;
    private final Alarm arrival;
    private final byte[] ring = new byte[CAPACITY];
    private int first;
    private int size;
    private Runnable onLoss = () -> {};
    private boolean loseNext;
    private int flipNext;

    /** Makes an empty feed. */
    public SerialFeed(String name, Uart uart, SimClock clock) {
        this.uart = uart;
        this.arrival = clock.alarm(name, this::characterArrives);
    }

    /** Sends bytes. @return how many there was room for */
    public int offer(byte[] bytes) {
        int taken = Math.min(bytes.length, CAPACITY - size);
        for (int i = 0; i < taken; i++) {
            ring[(first + size++) % CAPACITY] = bytes[i];
        }
        if (taken > 0 && !arrival.isSet()) {
            schedule();
        }
        return taken;
    }

    /** How many bytes wait. */
    public int waiting() {
        return size;
    }

    /** A fault: the next byte is lost on the way. {@code fired} is run when that has happened. */
    public void loseNext(Runnable fired) {
        loseNext = true;
        onLoss = fired;
    }

    /** A fault: bits of the next byte arrive inverted. {@code fired} is run when that has happened. */
    public void flipNext(int bits, Runnable fired) {
        flipNext = bits & 0xFF;
        onLoss = fired;
    }

    private void schedule() {
        long character = uart.characterCycles();
        arrival.in(character > 0 ? character : LOOK_AGAIN_CYCLES);
    }

    private void characterArrives() {
        if (!uart.holdsOff() && uart.characterCycles() > 0) {
            int character = ring[first] & 0xFF;
            first = (first + 1) % CAPACITY;
            size--;
            deliver(character);
        }
        if (size > 0) {
            schedule();
        }
    }

    private void deliver(int character) {
        boolean lost = loseNext;
        int flipped = flipNext;
        loseNext = false;
        flipNext = 0;
        if (!lost) {
            uart.receive(character ^ flipped);
        }
        if (lost || flipped != 0) {
            onLoss.run();
        }
    }

    @Override
    public void save(StateWriter out) {
        var bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = ring[(first + i) % CAPACITY];
        }
        out.putBytes(bytes);
    }

    @Override
    public void restore(StateReader in) {
        var bytes = in.getBytes();
        first = 0;
        size = Math.min(bytes.length, CAPACITY);
        System.arraycopy(bytes, 0, ring, 0, size);
    }
}
