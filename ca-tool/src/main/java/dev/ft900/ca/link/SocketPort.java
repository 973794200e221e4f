package dev.ft900.ca.link;

import dev.ft900.protocol.exchange.LinkException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** A board's serial line behind a TCP socket: a terminal server, or a virtual board on a machine without pseudo-terminals. */
final class SocketPort implements SerialPort {
    private static final int CONNECT_MILLIS = 5_000;

    private final Socket socket;
    private final String name;

    private SocketPort(Socket socket, String name) {
        this.socket = socket;
        this.name = name;
    }

    static SocketPort open(String host, int port) throws PortException {
        var name = "socket://" + host + ":" + port;
        var socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
            return new SocketPort(socket, name);
        } catch (IOException e) {
            throw new PortException(
                    "expected somebody to listen at " + name + "; " + e.getMessage()
                            + ". Check that the board or terminal server runs.",
                    e);
        }
    }

    @Override
    public void write(byte[] bytes) throws LinkException {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new LinkException("the connection to " + name + " is gone: " + e.getMessage(), e);
        }
    }

    @Override
    public int read(byte[] buffer, Duration patience) throws LinkException {
        try {
            if (patience.isZero() && socket.getInputStream().available() == 0) {
                return 0;
            }
            socket.setSoTimeout((int) Math.max(1, patience.toMillis()));
            int got = socket.getInputStream().read(buffer);
            if (got < 0) {
                throw new LinkException("the connection to " + name + " was closed by the other end");
            }
            return got;
        } catch (SocketTimeoutException e) {
            return 0;
        } catch (IOException e) {
            throw new LinkException("the connection to " + name + " is gone: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean rate(int baud) {
        return false;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed as far as we are concerned.
            return;
        }
    }
}
