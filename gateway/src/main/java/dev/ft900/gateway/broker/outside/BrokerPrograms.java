package dev.ft900.gateway.broker.outside;

import dev.ft900.gateway.broker.BrokerException;
import dev.ft900.gateway.broker.BrokerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which brokers are installed.
 *
 * @param root of the file system in which to look
 */
public record BrokerPrograms(Path root) {
    private static final List<String> MOSQUITTO =
            List.of("usr/sbin/mosquitto", "usr/local/sbin/mosquitto", "usr/bin/mosquitto");
    private static final String RABBITMQ = "usr/lib/rabbitmq/lib";
    private static final String OTHER_RABBITMQ = "opt/rabbitmq/sbin/rabbitmq-server";

    /** Those of this machine. */
    public static BrokerPrograms here() {
        return new BrokerPrograms(Path.of("/"));
    }

    /** Whether a broker's program is there. */
    public boolean isInstalled(BrokerKind kind) {
        return switch (kind) {
            case EMBEDDED -> true;
            case MOSQUITTO -> MOSQUITTO.stream().map(root::resolve).anyMatch(Files::isExecutable);
            case RABBITMQ -> Files.isExecutable(root.resolve(OTHER_RABBITMQ)) || hasServer(root.resolve(RABBITMQ));
        };
    }

    /** @throws BrokerException it is not; the message says what to install */
    public void require(BrokerKind kind) throws BrokerException {
        if (!isInstalled(kind)) {
            throw new BrokerException(
                    "expected " + kind.title()
                            + " on this machine; its program is not there. Install it (Debian: apt-get install "
                            + kind.debianPackage() + "), or use --broker " + BrokerKind.EMBEDDED + ".",
                    null);
        }
    }

    private static boolean hasServer(Path folder) {
        try (Stream<Path> versions = Files.list(folder)) {
            return versions.anyMatch(version -> Files.isExecutable(version.resolve("sbin/rabbitmq-server")));
        } catch (IOException e) {
            return false;
        }
    }
}
