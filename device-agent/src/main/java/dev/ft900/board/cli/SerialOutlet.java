package dev.ft900.board.cli;

import dev.ft900.agent.serial.ByteChannelEnd;
import dev.ft900.agent.serial.SerialCable;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where the first serial line leads: the terminal, a pseudo-terminal, a TCP port, a file. What the board prints is written on the
 * machine's thread; a daemon thread of its own waits for what somebody types.
 */
final class SerialOutlet implements Closeable {
    /** What to write to, and where bytes come from. */
    private interface End extends Closeable {
        void write(byte[] bytes) throws IOException;

        /** @return how many bytes came, −1 for no more */
        int read(byte[] buffer) throws IOException;
    }

    private static final int PIECE = 256;

    private final End end;
    private final boolean live;
    private final Optional<String> portName;
    private final byte[] pending = new byte[PIECE];
    private int count;

    private SerialOutlet(End end, boolean live, Optional<String> portName) {
        this.end = end;
        this.live = live;
        this.portName = portName;
    }

    /** @throws BoardException it is none of stdio, pty, tcp:PORT, file:PATH, none, or cannot be had */
    static SerialOutlet open(String what, InputStream in, OutputStream out) throws BoardException {
        try {
            if (what.equals("stdio")) {
                return new SerialOutlet(new StreamEnd(in, out), true, Optional.empty());
            } else if (what.equals("none")) {
                return new SerialOutlet(
                        new StreamEnd(InputStream.nullInputStream(), OutputStream.nullOutputStream()),
                        false,
                        Optional.empty());
            } else if (what.startsWith("file:")) {
                var file = new BufferedOutputStream(Files.newOutputStream(Path.of(what.substring(5))));
                return new SerialOutlet(new StreamEnd(InputStream.nullInputStream(), file), false, Optional.empty());
            } else if (what.equals("pty")) {
                return cable(new SerialCable.Socket.Terminal(Optional.empty()));
            } else if (what.matches("tcp:\\d{1,5}")) {
                return cable(new SerialCable.Socket.Tcp(Integer.parseInt(what.substring(4))));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new BoardException(
                    BoardExit.ENVIRONMENT, "expected to open " + what + " for --uart0; got " + e.getMessage());
        }
        throw new BoardException(
                BoardExit.USAGE, "expected stdio, pty, tcp:PORT, file:PATH or none for --uart0; got '" + what + "'");
    }

    private static SerialOutlet cable(SerialCable.Socket socket) throws IOException {
        var channel = ByteChannelEnd.open(socket);
        return new SerialOutlet(new CableEnd(channel), true, Optional.of(channel.portName()));
    }

    /** Whether somebody may type while the machine runs. */
    boolean live() {
        return live;
    }

    /** What to open with a serial program, if that is needed. */
    Optional<String> portName() {
        return portName;
    }

    /** Starts to wait for input; {@code typed} runs on the outlet's thread. */
    void listen(Consumer<byte[]> typed) {
        var thread = new Thread(() -> carry(typed), "uart0-in");
        thread.setDaemon(true);
        thread.start();
    }

    private void carry(Consumer<byte[]> typed) {
        var buffer = new byte[PIECE];
        try {
            for (int got = end.read(buffer); got >= 0; got = end.read(buffer)) {
                typed.accept(Arrays.copyOf(buffer, got));
            }
        } catch (IOException e) {
            // The other end is gone: nobody types any more.
            Thread.currentThread().interrupt();
        }
    }

    /** One character from a machine that asks for one; waits. @return −1 at the end */
    int readOne() {
        try {
            flush();
            var one = new byte[1];
            return end.read(one) == 1 ? one[0] & 0xFF : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    /** A character that the board sends; it leaves at the next line end or {@link #flush}. */
    void print(int character) {
        pending[count++] = (byte) character;
        if (character == '\n' || count == pending.length) {
            flush();
        }
    }

    void flush() {
        if (count > 0) {
            try {
                end.write(Arrays.copyOf(pending, count));
            } catch (IOException e) {
                // Nobody reads any more: on a wire, nothing happens either.
                count = 0;
            }
            count = 0;
        }
    }

    @Override
    public void close() throws IOException {
        flush();
        end.close();
    }

    private record CableEnd(ByteChannelEnd channel) implements End {
        @Override
        public void write(byte[] bytes) throws IOException {
            channel.write(bytes);
        }

        @Override
        public int read(byte[] buffer) throws IOException {
            return channel.read(buffer);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private record StreamEnd(InputStream in, OutputStream out) implements End {
        @Override
        public void write(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        @Override
        public int read(byte[] buffer) throws IOException {
            return in.read(buffer);
        }

        @Override
        public void close() throws IOException {
            // The terminal stays as it is; a file is written out.
            out.flush();
            if (out instanceof BufferedOutputStream) {
                out.close();
            }
        }
    }
}
