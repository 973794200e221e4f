package dev.ft900.hil;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * One adapter at which somebody changes boards by hand: a TCP port that passes bytes to the board that is plugged in. The station's
 * connection stays open meanwhile, as a USB adapter does. A thread for each direction of each connection.
 */
final class PortSwitch implements Closeable {
    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private volatile int boardPort;
    private volatile Socket station;
    private volatile Socket board;

    PortSwitch() throws IOException {
        start(this::serve);
    }

    String name() {
        return "socket://127.0.0.1:" + server.getLocalPort();
    }

    /** @param port {@code socket://HOST:PORT} of the board that is plugged in from now on */
    synchronized void plugIn(String port) throws IOException {
        boardPort = Integer.parseInt(port.substring(port.lastIndexOf(':') + 1));
        unplug();
        if (station != null && !station.isClosed()) {
            connect(station);
        }
    }

    private void unplug() throws IOException {
        var plugged = board;
        if (plugged != null) {
            plugged.close();
        }
    }

    private void serve() {
        try {
            while (true) {
                meet(server.accept());
            }
        } catch (IOException e) {
            // The test is over.
            return;
        }
    }

    private synchronized void meet(Socket newcomer) throws IOException {
        station = newcomer;
        unplug();
        connect(newcomer);
        start(() -> {
            var buffer = new byte[256];
            try (newcomer) {
                for (int got = newcomer.getInputStream().read(buffer);
                        got >= 0;
                        got = newcomer.getInputStream().read(buffer)) {
                    pass(buffer, got);
                }
            } catch (IOException e) {
                // The station closed the port.
                return;
            }
        });
    }

    private void pass(byte[] bytes, int count) {
        try {
            board.getOutputStream().write(bytes, 0, count);
        } catch (IOException e) {
            // Between two boards: what is said then nobody hears.
            return;
        }
    }

    private void connect(Socket to) throws IOException {
        var plugged = new Socket(InetAddress.getLoopbackAddress(), boardPort);
        board = plugged;
        start(() -> {
            try (plugged) {
                plugged.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException e) {
                // One of the two was pulled out.
                return;
            }
        });
    }

    private static void start(Runnable work) {
        var thread = new Thread(work, "port-switch");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        unplug();
        if (station != null) {
            station.close();
        }
    }
}
