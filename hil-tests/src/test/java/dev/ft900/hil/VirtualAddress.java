package dev.ft900.hil;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** One port of the loopback interface in front of several, as a TCP balancer: each connection goes to the next port that accepts it. */
final class VirtualAddress implements Closeable {
    private static final int CONNECT_MILLIS = 2_000;

    private final ServerSocket server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    private final List<Integer> ports;
    private final AtomicInteger next = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    VirtualAddress(List<Integer> ports) throws IOException {
        this.ports = List.copyOf(ports);
        start(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve() {
        try {
            while (true) {
                var client = server.accept();
                start(() -> meet(client));
            }
        } catch (IOException e) {
            // The test is over.
            return;
        }
    }

    private void meet(Socket client) {
        int first = next.getAndIncrement();
        for (int i = 0; i < ports.size(); i++) {
            var node = new Socket();
            try {
                int port = ports.get(Math.floorMod(first + i, ports.size()));
                node.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
                client.setTcpNoDelay(true);
                node.setTcpNoDelay(true);
            } catch (IOException e) {
                close(node);
                continue;
            }
            open.add(client);
            open.add(node);
            start(() -> pass(client, node));
            pass(node, client);
            return;
        }
        close(client);
    }

    private void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One end is gone, and so the other goes.
            return;
        } finally {
            close(from);
            close(to);
        }
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed to us either way.
            return;
        }
    }

    private static void start(Runnable work) {
        var thread = new Thread(work, "virtual-address");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(this::close);
    }
}
