package dev.ft900.agent.serial;

import java.io.Closeable;
import java.io.IOException;

/** The board's end of a cable, as bytes; how fast they may flow is {@link WirePace}'s business. */
public interface ByteChannelEnd extends Closeable {
    /** Makes the board's end of a cable. */
    static ByteChannelEnd open(SerialCable.Socket socket) throws IOException {
        return socket instanceof SerialCable.Socket.Terminal terminal
                ? PseudoTerminal.open(terminal.link())
                : TcpEnd.listen(((SerialCable.Socket.Tcp) socket).port());
    }

    /**
     * Waits for bytes from the other end.
     *
     * @return how many came, at least 1; -1 when the cable was closed at this end
     * @throws IOException the cable is broken
     */
    int read(byte[] buffer) throws IOException;

    /** Sends bytes. Those that nobody reads are lost, as on a wire; never blocks for long. */
    void write(byte[] bytes) throws IOException;

    /** What a person gives a serial program to reach this end: a device path or {@code socket://host:port}. */
    String portName();
}
