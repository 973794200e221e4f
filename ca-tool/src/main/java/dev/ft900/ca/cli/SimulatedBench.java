package dev.ft900.ca.cli;

import dev.ft900.ca.link.SerialPort;
import dev.ft900.protocol.exchange.Ticker;

/** A simulated board on a bench of its own, for {@code --dry-run}: a port to it, and the time that passes there. */
public interface SimulatedBench extends AutoCloseable {
    SerialPort port();

    Ticker ticker();

    @Override
    void close();

    /** Makes benches. */
    interface Factory {
        /** @param baud of the board's serial line, in bits per second */
        SimulatedBench open(int baud);
    }
}
