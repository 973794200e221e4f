package dev.ft900.board.gdb;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Packets {@code $data#checksum} with their acknowledgements. */
final class PacketChannel implements Closeable {
    /** A byte that is no packet: Ctrl-C at the debugger. */
    static final String INTERRUPT = "\u0003";

    /** What we tell GDB as the largest packet, in bytes. */
    static final int LARGEST_PACKET = 0x4000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private boolean acknowledging = true;

    PacketChannel(Socket socket) throws IOException {
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream());
        out = new BufferedOutputStream(socket.getOutputStream());
    }

    /** Whether a byte is waiting, so that {@link #receive} will soon return. */
    boolean ready() throws IOException {
        return in.available() > 0;
    }

    /** The next packet's data, or {@link #INTERRUPT}; null when the debugger is gone. */
    String receive() throws IOException {
        while (true) {
            int start = in.read();
            if (start < 0) {
                return null;
            } else if (start == 3) {
                return INTERRUPT;
            } else if (start == '$') {
                var data = data();
                if (data != null) {
                    return data;
                }
            }
        }
    }

    /** @return null if the checksum was wrong; GDB sends the packet again */
    private String data() throws IOException {
        var data = new StringBuilder();
        int sum = 0;
        for (int c = next(); c != '#'; c = next()) {
            if (data.length() > LARGEST_PACKET) {
                throw new IOException(
                        "expected packets of at most " + LARGEST_PACKET + " bytes from GDB; got a longer one");
            }
            sum += c;
            data.append((char) c);
        }
        int expected = Character.digit(next(), 16) << 4 | Character.digit(next(), 16);
        boolean good = (sum & 0xFF) == expected;
        if (acknowledging) {
            out.write(good ? '+' : '-');
            out.flush();
        }
        return good ? data.toString() : null;
    }

    private int next() throws IOException {
        int c = in.read();
        if (c < 0) {
            throw new EOFException("GDB left in the middle of a packet");
        }
        return c;
    }

    void send(String data) throws IOException {
        int sum = 0;
        for (int i = 0; i < data.length(); i++) {
            sum += data.charAt(i);
        }
        out.write(String.format("$%s#%02x", data, sum & 0xFF).getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** From the next packet on, neither side acknowledges. */
    void stopAcknowledging() {
        acknowledging = false;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
