package dev.ft900.gateway.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Finds ports. */
public final class Ports {
    /** Above those of services, below those that systems give to outgoing connections. */
    private static final int LOWEST_QUIET = 20_000;

    /** Those below are for what a gateway listens on, those above for what its programs say to each other: they cannot meet. */
    private static final int MIDDLE_QUIET = 26_000;

    private static final int HIGHEST_QUIET = 32_000;
    private static final int TRIES = 1_000;

    private Ports() {}

    /**
     * The port on which to listen.
     *
     * @param wanted the one to take; empty for any
     * @param lastTime what to take for "any", if it is free
     * @param spokenFor what not to take for "any"; 0 for none
     * @param option by which a person chooses another
     * @throws StartException the wanted one is taken
     */
    static int choose(InetAddress address, OptionalInt wanted, OptionalInt lastTime, int spokenFor, String option)
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
        if (lastTime.isPresent() && lastTime.getAsInt() != spokenFor && isFree(address, lastTime.getAsInt())) {
            return lastTime.getAsInt();
        }
        try {
            return quiet(address, LOWEST_QUIET, MIDDLE_QUIET, Set.of(spokenFor));
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
        return quiet(1).get(0);
    }

    /** As many of them, all different. */
    public static List<Integer> quiet(int count) throws IOException {
        var ports = new LinkedHashSet<Integer>();
        while (ports.size() < count) {
            ports.add(quiet(InetAddress.getLoopbackAddress(), MIDDLE_QUIET, HIGHEST_QUIET, ports));
        }
        return List.copyOf(ports);
    }

    /** The system's own choice would be one of those that it gives to outgoing connections: gone, now and then, when it is to be used. */
    private static int quiet(InetAddress address, int lowest, int above, Set<Integer> butNot) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(lowest, above);
            if (!butNot.contains(port) && isFree(address, port)) {
                return port;
            }
        }
        throw new IOException("expected a free port of " + lowest + " to " + (above - 1) + " on "
                + address.getHostAddress() + "; tried " + TRIES + " in vain");
    }
}
