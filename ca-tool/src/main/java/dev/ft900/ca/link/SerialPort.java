package dev.ft900.ca.link;

import dev.ft900.protocol.exchange.LinkException;
import java.time.Duration;

/** An open port: bytes both ways. For one thread. */
public interface SerialPort extends AutoCloseable {
    /**
     * Sends bytes.
     *
     * @throws LinkException the port is gone
     */
    void write(byte[] bytes) throws LinkException;

    /**
     * Waits for bytes.
     *
     * @param patience how long to wait for the first; zero looks without waiting
     * @return how many came; 0 when none did in that time
     * @throws LinkException the port is gone
     */
    int read(byte[] buffer, Duration patience) throws LinkException;

    /**
     * Goes on at another rate. What has been written leaves at the old one first.
     *
     * @param baud bits per second
     * @return false when this port has no rate, as a plain socket, or cannot do this one; then nothing has changed
     * @throws LinkException the port is gone
     */
    boolean rate(int baud) throws LinkException;

    @Override
    void close();
}
