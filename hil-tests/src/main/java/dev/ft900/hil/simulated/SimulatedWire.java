package dev.ft900.hil.simulated;

import dev.ft900.agent.board.BoardConfig;
import dev.ft900.agent.board.BoardNetwork;
import dev.ft900.agent.board.SerialLine;
import dev.ft900.agent.board.VirtualBoard;
import dev.ft900.agent.flash.Flash;
import dev.ft900.ca.cli.SimulatedBench;
import dev.ft900.ca.link.SerialPort;
import dev.ft900.hil.simulated.LineFaults.Direction;
import dev.ft900.protocol.exchange.Ticker;
import dev.ft900.protocol.message.Ipv4Address;
import dev.ft900.protocol.slot.SlotRecord;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A board with power, the wire to it, and the port at this end. Bytes take their time on the wire, in virtual time. When the two ends have
 * different rates, garbage arrives. The board's own work takes no time, so what remains is what wire and protocol cost. For one thread.
 */
public final class SimulatedWire implements SimulatedBench, SerialPort, Ticker {
    private static final int BITS_PER_BYTE = 10;
    private static final Duration BOOT_TIME = Duration.ofMillis(100);

    private final VirtualTime time = new VirtualTime();
    private final Settings settings;
    private final Deque<Byte> arrived = new ArrayDeque<>();
    private final VirtualBoard board;
    private int stationRate;
    private int boardRate;
    private long toBoardFree;
    private long fromBoardFree;
    private long passed;
    private boolean powered;

    /**
     * What the bench is like.
     *
     * @param flash of the board
     * @param jitter of the board, at least 32 bytes
     * @param baud of the board after every boot, and of the station to begin with, in bits per second
     * @param latency how much later bytes come from the board, as through a USB adapter
     * @param faults of the wire
     * @param accepts whether the broker would accept the board
     */
    public record Settings(Flash flash, byte[] jitter, int baud, Duration latency, LineFaults faults, boolean accepts) {
        public Settings {
            jitter = jitter.clone();
        }

        @Override
        public byte[] jitter() {
            return jitter.clone();
        }
    }

    /** Switches the board on. */
    public SimulatedWire(Settings settings) {
        this.settings = settings;
        this.stationRate = settings.baud();
        this.boardRate = settings.baud();
        var config = new BoardConfig(
                settings.flash(), settings.jitter(), time.clock(Instant.ofEpochSecond(1_800_000_000)), BOOT_TIME);
        board = new VirtualBoard(config, time, new Network());
        board.connectSerial(new Line());
        board.powerOn();
        powered = true;
    }

    /** Cuts the power: nothing more is heard, and nothing more comes. */
    public void powerOff() {
        powered = false;
        time.clear();
    }

    /** How many bytes have passed in both directions. */
    public long passed() {
        return passed;
    }

    /** The rate of this end, in bits per second. */
    public int stationRate() {
        return stationRate;
    }

    /** The record of the slot in use, private key included. */
    public Optional<SlotRecord> slot() {
        var slot = board.slot();
        while (!slot.isDone()) {
            advance(time.nanos());
        }
        return slot.join();
    }

    private void advance(long until) {
        try {
            while (time.step(until)) {
                if (!arrived.isEmpty()) {
                    return;
                }
            }
        } catch (PowerLost e) {
            powerOff();
        }
    }

    private void pass(Direction direction, byte b, long at, int rate) {
        time.at(at, () -> {
            if (!powered) {
                return;
            }
            byte heard = stationRate == boardRate && rate == boardRate ? b : garbled(b);
            var fate = settings.faults().pass(direction, passed++, heard);
            if (!powered) {
                return;
            }
            var delay = fate.later();
            if (direction == Direction.TO_BOARD) {
                deliver(delay, () -> board.serialInput(fate.bytes()));
            } else {
                deliver(delay.plus(settings.latency()), () -> {
                    for (byte one : fate.bytes()) {
                        arrived.add(one);
                    }
                });
            }
        });
    }

    private void deliver(Duration later, Runnable delivery) {
        if (later.isZero()) {
            delivery.run();
        } else {
            time.schedule(later, delivery);
        }
    }

    /** A receiver that samples at another rate sees other bits. */
    private static byte garbled(byte b) {
        return (byte) (0x80 | b * 37);
    }

    private static long nanosPerByte(int baud) {
        return BITS_PER_BYTE * 1_000_000_000L / baud;
    }

    @Override
    public void write(byte[] bytes) {
        for (byte b : bytes) {
            toBoardFree = Math.max(toBoardFree, time.nanos()) + nanosPerByte(stationRate);
            pass(Direction.TO_BOARD, b, toBoardFree, stationRate);
        }
    }

    @Override
    public int read(byte[] buffer, Duration patience) {
        long deadline = time.nanos() + patience.toNanos();
        if (arrived.isEmpty()) {
            advance(deadline);
        }
        while (arrived.isEmpty() && time.nanos() < deadline) {
            advance(deadline);
        }
        int got = 0;
        while (got < buffer.length && !arrived.isEmpty()) {
            buffer[got++] = arrived.remove();
        }
        return got;
    }

    @Override
    public boolean rate(int baud) {
        while (toBoardFree > time.nanos()) {
            time.step(toBoardFree);
        }
        stationRate = baud;
        return true;
    }

    @Override
    public long nanos() {
        return time.nanos();
    }

    @Override
    public SerialPort port() {
        return this;
    }

    @Override
    public Ticker ticker() {
        return this;
    }

    @Override
    public void close() {
        powerOff();
    }

    private final class Line implements SerialLine {
        @Override
        public void write(byte[] bytes, Runnable whenSent) {
            for (byte b : bytes) {
                fromBoardFree = Math.max(fromBoardFree, time.nanos()) + nanosPerByte(boardRate);
                pass(Direction.FROM_BOARD, b, fromBoardFree, boardRate);
            }
            time.at(fromBoardFree, whenSent);
        }

        @Override
        public void rate(int baud) {
            boardRate = baud == OWN_RATE ? settings.baud() : baud;
        }
    }

    /** A broker that accepts at once, or one that is not there. */
    private final class Network implements BoardNetwork {
        @Override
        public Session open(SlotRecord slot, PrivateKey key, Listener listener) {
            if (settings.accepts()) {
                time.execute(listener::connected);
            }
            return new Silent();
        }
    }

    private static final class Silent implements BoardNetwork.Session {
        @Override
        public void publish(BoardNetwork.Message message, Runnable whenAcknowledged) {
            // Nobody is there to publish it.
        }

        @Override
        public Optional<Ipv4Address> localAddress() {
            return Optional.empty();
        }

        @Override
        public void abort() {
            // There is nothing to end.
        }

        @Override
        public void fallSilent() {
            // There is nothing to end.
        }

        @Override
        public void leave(BoardNetwork.Message last) {
            // There is nobody to leave.
        }
    }
}
