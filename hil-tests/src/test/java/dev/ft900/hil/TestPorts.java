package dev.ft900.hil;

import dev.ft900.gateway.app.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;

/** Ports of the loopback interface for what tests start. */
public final class TestPorts {
    private TestPorts() {}

    /** One that nobody has, and that no outgoing connection takes before it is used. */
    public static int free() throws IOException {
        return Ports.quiet();
    }

    /** As many of them, all different. */
    static List<Integer> free(int count) throws IOException {
        return Ports.quiet(count);
    }

    /** Whether somebody listens. */
    static boolean accepts(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
