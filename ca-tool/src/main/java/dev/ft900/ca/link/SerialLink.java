package dev.ft900.ca.link;

import dev.ft900.protocol.exchange.FrameLink;
import dev.ft900.protocol.exchange.LinkException;
import dev.ft900.protocol.exchange.Ticker;
import dev.ft900.protocol.frame.Frame;
import dev.ft900.protocol.frame.FrameParser;
import dev.ft900.protocol.frame.SerialFraming;
import dev.ft900.protocol.install.Traffic;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Predicate;

/** Frames and console text over one port. For one thread. */
public final class SerialLink implements FrameLink, AutoCloseable {
    private static final int CONSOLE_KEPT = 2_000;
    private static final int BUFFER = 1_024;

    private final SerialPort port;
    private final Ticker ticker;
    private final Queue<Frame> frames = new ArrayDeque<>();
    private final StringBuilder console = new StringBuilder();
    private final FrameParser parser = new FrameParser(this::take);
    private final byte[] buffer = new byte[BUFFER];
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private long lastHeard;
    private long sent;
    private long received;

    public SerialLink(SerialPort port, Ticker ticker) {
        this.port = port;
        this.ticker = ticker;
        this.lastHeard = ticker.nanos();
    }

    private void take(FrameParser.Item item) {
        if (item instanceof FrameParser.Item.Parsed parsed) {
            frames.add(parsed.frame());
        } else if (item instanceof FrameParser.Item.Text text) {
            console.append(new String(text.bytes(), StandardCharsets.UTF_8));
            if (console.length() > CONSOLE_KEPT) {
                console.delete(0, console.length() - CONSOLE_KEPT);
            }
        }
    }

    /** The bytes that have passed this port. */
    public Traffic traffic() {
        return new Traffic(sent, received);
    }

    /** The bytes that came since {@link #forgetHeard}, whatever they mean; at most some 2,000. */
    public byte[] heard() {
        return heard.toByteArray();
    }

    /** Starts {@link #heard} anew. */
    public void forgetHeard() {
        heard.reset();
    }

    /**
     * Goes on at another rate.
     *
     * @return false when this port cannot; then nothing has changed
     */
    public boolean rate(int baud) throws LinkException {
        return port.rate(baud);
    }

    /** Sends bytes as they are: what a person types at the console. */
    public void type(byte[] bytes) throws LinkException {
        port.write(bytes);
        sent += bytes.length;
    }

    /** What the board printed last, at most some 2,000 characters. */
    public String console() {
        return console.toString();
    }

    /**
     * Listens, without a word, until the console shows what we wait for, or nothing has come for a while: before that the vendor's
     * boot loader may be listening.
     *
     * @param silence how long nothing must have come
     * @param atMost how long to listen to a board that never stops talking
     */
    public void listen(Predicate<String> until, Duration silence, Duration atMost) throws LinkException {
        long end = ticker.nanos() + atMost.toNanos();
        while (!until.test(console.toString())) {
            long left = Math.min(end, lastHeard + silence.toNanos()) - ticker.nanos();
            if (left <= 0) {
                return;
            }
            pump(Duration.ofNanos(left));
        }
    }

    /** Listens until the console shows something, however long nothing has come before; for a while at most. */
    public void watch(Duration atMost) throws LinkException {
        long end = ticker.nanos() + atMost.toNanos();
        for (long left = atMost.toNanos(); left > 0 && console.isEmpty(); left = end - ticker.nanos()) {
            pump(Duration.ofNanos(left));
        }
    }

    /** Starts the console anew. */
    public void forgetConsole() {
        console.setLength(0);
    }

    @Override
    public void send(Frame frame) throws LinkException {
        type(SerialFraming.encode(frame));
    }

    @Override
    public Optional<Frame> receive(Duration patience) throws LinkException {
        long deadline = ticker.nanos() + patience.toNanos();
        pump(Duration.ZERO);
        while (frames.isEmpty() && deadline - ticker.nanos() > 0) {
            pump(Duration.ofNanos(Math.max(0, deadline - ticker.nanos())));
        }
        return Optional.ofNullable(frames.poll());
    }

    private void pump(Duration patience) throws LinkException {
        int got = port.read(buffer, patience);
        if (got > 0) {
            lastHeard = ticker.nanos();
            received += got;
            if (heard.size() < CONSOLE_KEPT) {
                heard.write(buffer, 0, got);
            }
            parser.accept(buffer, 0, got);
        }
    }

    @Override
    public void close() {
        port.close();
    }
}
