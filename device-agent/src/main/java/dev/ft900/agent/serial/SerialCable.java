package dev.ft900.agent.serial;

import dev.ft900.agent.board.SerialLine;
import dev.ft900.agent.board.VirtualBoard;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cable from a virtual board's UART0 to a port that any serial program can open. Two threads of its own move the bytes, one
 * each way, no faster than the wire.
 */
public final class SerialCable implements SerialLine, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SerialCable.class);

    /** Moved in pieces of about a millisecond at the usual rate: small enough that bytes flow, large enough to sleep between. */
    private static final int PIECE = 16;

    /** What a board may have printed and not yet sent; more is lost, as in a full FIFO. */
    private static final int QUEUE = 1024;

    private final ByteChannelEnd end;
    private final WirePace toBoard;
    private final WirePace fromBoard;
    private final int ownRate;
    private final Optional<DelayLine> delay;
    private final BlockingQueue<Outgoing> outgoing = new LinkedBlockingQueue<>(QUEUE);
    private final Thread reader;
    private final Thread writer;

    private record Outgoing(byte[] bytes, Runnable whenSent) {}

    /** What the other end of the cable is to be. */
    public sealed interface Socket {
        /** A pseudo-terminal; {@code link} is a name for it that stays the same. */
        record Terminal(Optional<Path> link) implements Socket {}

        /** A TCP port on loopback; 0 for any free one. */
        record Tcp(int port) implements Socket {}

        /** A pseudo-terminal where the machine has them, else a TCP port. */
        static Socket bestFor(Path link) {
            return PseudoTerminal.isSupported() ? new Terminal(Optional.of(link)) : new Tcp(0);
        }
    }

    /**
     * What the cable is like.
     *
     * @param baud bits per second, 8N1, at which the board speaks after every boot
     * @param latency how much later bytes from the board come to the program, as a USB adapter's do; zero for none
     */
    public record Wire(int baud, Duration latency) {
        /** A wire without an adapter. */
        public static Wire of(int baud) {
            return new Wire(baud, Duration.ZERO);
        }
    }

    private SerialCable(ByteChannelEnd end, Wire wire, VirtualBoard board) {
        int baud = wire.baud();
        this.end = end;
        this.ownRate = baud;
        this.delay = wire.latency().isZero() ? Optional.empty() : Optional.of(new DelayLine(end, wire.latency()));
        this.toBoard = new WirePace(baud, System::nanoTime, LockSupport::parkNanos);
        this.fromBoard = new WirePace(baud, System::nanoTime, LockSupport::parkNanos);
        this.reader = new Thread(() -> carryIn(board), "serial-in " + end.portName());
        this.writer = new Thread(this::carryOut, "serial-out " + end.portName());
        reader.setDaemon(true);
        writer.setDaemon(true);
    }

    /** Plugs a cable in. */
    public static SerialCable connect(VirtualBoard board, Socket socket, Wire wire) throws IOException {
        var end = ByteChannelEnd.open(socket);
        var cable = new SerialCable(end, wire, board);
        board.connectSerial(cable).join();
        cable.reader.start();
        cable.writer.start();
        return cable;
    }

    /** What to give a serial program: a device path or {@code socket://host:port}. */
    public String portName() {
        return end.portName();
    }

    @Override
    public void write(byte[] bytes, Runnable whenSent) {
        if (!outgoing.offer(new Outgoing(bytes, whenSent))) {
            LOG.warn("{}: {} bytes lost, the board writes faster than the wire", portName(), bytes.length);
        }
    }

    @Override
    public void rate(int baud) {
        int rate = baud == OWN_RATE ? ownRate : baud;
        toBoard.rate(rate);
        fromBoard.rate(rate);
    }

    private void carryIn(VirtualBoard board) {
        var buffer = new byte[PIECE];
        try {
            for (int got = end.read(buffer); got >= 0; got = end.read(buffer)) {
                toBoard.pass(got);
                board.serialInput(Arrays.copyOf(buffer, got));
            }
        } catch (IOException e) {
            LOG.warn("{}: the cable broke: {}", portName(), e.getMessage());
        }
    }

    private void carryOut() {
        try {
            while (true) {
                var next = outgoing.take();
                for (int done = 0; done < next.bytes().length; done += PIECE) {
                    int length = Math.min(PIECE, next.bytes().length - done);
                    fromBoard.pass(length);
                    deliver(Arrays.copyOfRange(next.bytes(), done, done + length));
                }
                next.whenSent().run();
            }
        } catch (InterruptedException e) {
            LOG.trace("{}: unplugged", portName());
        } catch (IOException e) {
            LOG.warn("{}: the cable broke: {}", portName(), e.getMessage());
        }
    }

    private void deliver(byte[] bytes) throws IOException, InterruptedException {
        if (delay.isPresent()) {
            delay.get().write(bytes);
        } else {
            end.write(bytes);
        }
    }

    /** Unplugs it. Returns when its threads have ended. */
    @Override
    public void close() throws IOException {
        writer.interrupt();
        end.close();
        try {
            writer.join();
            reader.join();
            if (delay.isPresent()) {
                delay.get().stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
