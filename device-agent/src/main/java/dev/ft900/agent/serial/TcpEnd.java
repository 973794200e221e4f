package dev.ft900.agent.serial;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A cable in the form of a TCP port on the loopback interface, for machines without pseudo-terminals. One program at a time is at the
 * other end; the next one takes its place.
 */
final class TcpEnd implements ByteChannelEnd {
    private final ServerSocket server;
    private volatile Socket peer;
    private volatile boolean closing;

    private TcpEnd(ServerSocket server) {
        this.server = server;
    }

    /** @param port 0 for any free one */
    static TcpEnd listen(int port) throws IOException {
        return new TcpEnd(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
    }

    @Override
    public String portName() {
        return "socket://127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public int read(byte[] buffer) throws IOException {
        while (!closing) {
            try {
                if (peer == null) {
                    var accepted = server.accept();
                    accepted.setTcpNoDelay(true);
                    peer = accepted;
                }
                int got = peer.getInputStream().read(buffer);
                if (got > 0) {
                    return got;
                }
                dropPeer();
            } catch (IOException e) {
                dropPeer();
                if (server.isClosed() && !closing) {
                    throw e;
                }
            }
        }
        return -1;
    }

    @Override
    public void write(byte[] bytes) {
        var to = peer;
        if (to != null) {
            try {
                to.getOutputStream().write(bytes);
            } catch (IOException e) {
                // The program went away; its bytes are lost, as on a wire. The reading thread notices and waits for the
                // next.
                return;
            }
        }
    }

    private void dropPeer() throws IOException {
        var old = peer;
        peer = null;
        if (old != null) {
            old.close();
        }
    }

    @Override
    public void close() throws IOException {
        closing = true;
        server.close();
        dropPeer();
    }
}
