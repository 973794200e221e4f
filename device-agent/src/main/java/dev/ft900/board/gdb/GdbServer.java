package dev.ft900.board.gdb;

import dev.ft900.board.machine.Machine;
import dev.ft900.board.machine.Outcome;
import dev.ft900.board.machine.Pace;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Serves one debugger. The machine stands still until it says {@code continue}; when it detaches, the program goes on alone; when it kills, or is gone, the
 * run is over. The machine must use its interpreter.
 */
public final class GdbServer implements Closeable {
    private final ServerSocket listener;
    private final Machine<?> machine;
    private final long untilCycle;
    private final Pace pace;

    private GdbServer(ServerSocket listener, Machine<?> machine, long untilCycle, Pace pace) {
        this.listener = listener;
        this.machine = machine;
        this.untilCycle = untilCycle;
        this.pace = pace;
    }

    /**
     * @param port 0 for any free one
     * @throws IOException the port is taken
     */
    public static GdbServer listen(int port, Machine<?> machine, long untilCycle, Pace pace) throws IOException {
        return new GdbServer(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()), machine, untilCycle, pace);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Waits for a debugger and serves it until it is gone or the program is over. */
    public Outcome serve() throws IOException {
        try (var socket = listener.accept()) {
            socket.setTcpNoDelay(true);
            var outcome = new Session(new PacketChannel(socket), machine, untilCycle, pace).serve();
            return outcome != null ? outcome : machine.run(untilCycle, pace);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
