package dev.ft900.gateway.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;

/** Finds ports. */
public final class Ports {
    /** Above those of services, below those that systems give to outgoing connections. */
    private static final int LOWEST_QUIET = 20_000;

    private static final int HIGHEST_QUIET = 32_000;
    private static final int TRIES = 1_000;

    private Ports() {}

    /**
     * The port on which to listen.
     *
     * @param wanted the one to take; empty for any
     * @param lastTime what to take for "any", if it is free
     * @param option by which a person chooses another
     * @throws StartException the wanted one is taken
     */
    static int choose(InetAddress address, OptionalInt wanted, OptionalInt lastTime, String option)
            throws StartException {
        if (wanted.isPresent()) {
            if (!isFree(address, wanted.getAsInt())) {
                throw new StartException("expected port " + wanted.getAsInt() + " on " + address.getHostAddress()
                        + " to be free; another program listens there, or this user may not. Choose another with "
                        + option
                        + ", or " + option + " 0 for any free one.");
            }
            return wanted.getAsInt();
        }
        if (lastTime.isPresent() && isFree(address, lastTime.getAsInt())) {
            return lastTime.getAsInt();
        }
        try {
            return quiet(address);
        } catch (IOException e) {
            throw new StartException(
                    e.getMessage() + ". Check --listen: it must be an address of this machine. Or choose a port with "
                            + option + ".",
                    e);
        }
    }

    private static boolean isFree(InetAddress address, int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** A port of the loopback interface that nobody has and that no outgoing connection takes before it is used. */
    public static int quiet() throws IOException {
        return quiet(InetAddress.getLoopbackAddress());
    }

    /** The system's own choice would be one of those that it gives to outgoing connections: gone, now and then, when it is to be used. */
    private static int quiet(InetAddress address) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_QUIET, HIGHEST_QUIET);
            if (isFree(address, port)) {
                return port;
            }
        }
        throw new IOException("expected a free port of " + LOWEST_QUIET + " to " + HIGHEST_QUIET + " on "
                + address.getHostAddress() + "; tried " + TRIES + " in vain");
    }
}
