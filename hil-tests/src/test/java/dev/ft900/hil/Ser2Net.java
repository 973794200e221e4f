package dev.ft900.hil;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A terminal server that is not ours, in front of one serial port: by RFC 2217, and with bare bytes at a rate of its own. */
final class Ser2Net implements Closeable {
    static final Path PROGRAM = Path.of("/usr/sbin/ser2net");

    private final ToolkitProcess process;
    private final int controlled = TestPorts.free();
    private final int bare = TestPorts.free();

    /** @param device such as {@code /dev/pts/3} */
    Ser2Net(Path scratch, String device, int baud) throws IOException {
        var settings = Files.writeString(
                scratch.resolve("ser2net.yaml"), String.format("""
                        %%YAML 1.1
                        ---
                        connection: &controlled
                          accepter: telnet(rfc2217),tcp,localhost,%d
                          connector: serialdev,%s,%dn81,local
                        connection: &bare
                          accepter: tcp,localhost,%d
                          connector: serialdev,%s,%dn81,local
                        """, controlled, device, baud, bare, device, baud));
        process = ToolkitProcess.start(
                scratch, List.of(PROGRAM.toString(), "-n", "-d", "-c", settings.toString()), Map.of());
    }

    String controlled() {
        return "rfc2217://localhost:" + controlled;
    }

    String bare() {
        return "socket://localhost:" + bare;
    }

    /** Whether it takes connections. */
    boolean listens() throws IOException {
        if (!process.isAlive()) {
            throw new IOException("expected ser2net to run; it ended:\n" + process.errors());
        }
        return isTaken(controlled) && isTaken(bare);
    }

    private static boolean isTaken(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getByName("localhost"))) {
            return socket.getLocalPort() != port;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
