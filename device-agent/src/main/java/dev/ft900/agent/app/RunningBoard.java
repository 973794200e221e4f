package dev.ft900.agent.app;

import dev.ft900.agent.board.BoardConfig;
import dev.ft900.agent.board.VirtualBoard;
import dev.ft900.agent.flash.FileFlash;
import dev.ft900.agent.mqtt.BoardThreads;
import dev.ft900.agent.serial.SerialCable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalInt;

/** A virtual board with its flash file open and its cable plugged in. It has no power until {@link #board()} gets it. */
public final class RunningBoard implements AutoCloseable {
    /** The rate at which boards speak, in bits per second. */
    public static final int DEFAULT_BAUD = 115_200;

    /** From reset to the first line: about what the firmware takes. */
    private static final Duration BOOT_TIME = Duration.ofMillis(100);

    private final FileFlash flash;
    private final VirtualBoard board;
    private final SerialCable cable;

    private RunningBoard(FileFlash flash, VirtualBoard board, SerialCable cable) {
        this.flash = flash;
        this.board = board;
        this.cable = cable;
    }

    /**
     * Takes the board of a folder into its hands.
     *
     * @param tcpPort a TCP port on loopback for the cable, instead of a pseudo-terminal
     * @throws IOException the folder cannot be used, or another process has the board
     */
    public static RunningBoard open(BoardFolder folder, BoardThreads threads, int baud, OptionalInt tcpPort)
            throws IOException {
        return open(folder, threads, SerialCable.Wire.of(baud), tcpPort);
    }

    /** As {@link #open(BoardFolder, BoardThreads, int, OptionalInt)}, at the end of a wire with an adapter. */
    public static RunningBoard open(
            BoardFolder folder, BoardThreads threads, SerialCable.Wire wire, OptionalInt tcpPort) throws IOException {
        folder.create();
        var flash = FileFlash.open(folder.flash());
        try {
            var place = threads.place();
            var config = new BoardConfig(flash, folder.jitter(), Clock.systemUTC(), BOOT_TIME);
            var board = new VirtualBoard(config, place.loop(), place.network());
            var socket = tcpPort.isPresent()
                    ? new SerialCable.Socket.Tcp(tcpPort.getAsInt())
                    : SerialCable.Socket.bestFor(folder.tty());
            return new RunningBoard(flash, board, SerialCable.connect(board, socket, wire));
        } catch (IOException e) {
            flash.close();
            throw e;
        }
    }

    public VirtualBoard board() {
        return board;
    }

    /** What to give a serial program. */
    public String portName() {
        return cable.portName();
    }

    /** Leaves the broker in order, unplugs the cable, closes the flash. */
    @Override
    public void close() throws IOException {
        board.shutDown().join();
        cable.close();
        flash.close();
    }
}
