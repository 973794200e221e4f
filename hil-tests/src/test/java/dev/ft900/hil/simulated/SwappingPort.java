package dev.ft900.hil.simulated;

import dev.ft900.ca.link.SerialPort;
import dev.ft900.protocol.exchange.Ticker;
import java.time.Duration;

/** A port from which somebody takes one board and plugs another in, after so many bytes to the first. */
final class SwappingPort implements SerialPort, Ticker {
    private final SimulatedWire first;
    private final SimulatedWire second;
    private final long after;
    private long written;

    SwappingPort(SimulatedWire first, SimulatedWire second, long after) {
        this.first = first;
        this.second = second;
        this.after = after;
    }

    private SimulatedWire now() {
        return written < after ? first : second;
    }

    @Override
    public void write(byte[] bytes) {
        written += bytes.length;
        now().write(bytes);
    }

    @Override
    public int read(byte[] buffer, Duration patience) {
        return now().read(buffer, patience);
    }

    @Override
    public boolean rate(int baud) {
        return false;
    }

    /** Never runs backwards: both clocks are added up. */
    @Override
    public long nanos() {
        return first.nanos() + second.nanos();
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
