package dev.ft900.ca.link;

import dev.ft900.protocol.exchange.LinkException;
import java.time.Duration;
import java.util.Arrays;

/** A port of which every byte that passes is written down in a trace. For one thread. */
public final class TracedPort implements SerialPort {
    private final String name;
    private final SerialPort port;
    private final Trace trace;

    /** @param name of the port in the trace */
    public TracedPort(String name, SerialPort port, Trace trace) {
        this.name = name;
        this.port = port;
        this.trace = trace;
    }

    @Override
    public void write(byte[] bytes) throws LinkException {
        trace.toBoard(name, bytes);
        port.write(bytes);
    }

    @Override
    public int read(byte[] buffer, Duration patience) throws LinkException {
        int got = port.read(buffer, patience);
        if (got > 0) {
            trace.fromBoard(name, Arrays.copyOf(buffer, got));
        }
        return got;
    }

    @Override
    public boolean rate(int baud) throws LinkException {
        boolean done = port.rate(baud);
        trace.remark(name, "rate " + baud + (done ? "" : " not set"));
        return done;
    }

    @Override
    public void close() {
        port.close();
    }
}
