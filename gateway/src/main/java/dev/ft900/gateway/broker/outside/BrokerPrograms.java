package dev.ft900.gateway.broker.outside;

import dev.ft900.gateway.broker.BrokerException;
import dev.ft900.gateway.broker.BrokerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Which brokers are installed on this machine. */
public final class BrokerPrograms {
    private static final List<Path> MOSQUITTO = List.of(
            Path.of("/usr/sbin/mosquitto"), Path.of("/usr/local/sbin/mosquitto"), Path.of("/usr/bin/mosquitto"));
    private static final Path RABBITMQ = Path.of("/usr/lib/rabbitmq/lib");
    private static final Path OTHER_RABBITMQ = Path.of("/opt/rabbitmq/sbin/rabbitmq-server");

    private BrokerPrograms() {}

    /** Whether a broker's program is there. */
    public static boolean isInstalled(BrokerKind kind) {
        return switch (kind) {
            case EMBEDDED -> true;
            case MOSQUITTO -> MOSQUITTO.stream().anyMatch(Files::isExecutable);
            case RABBITMQ -> Files.isExecutable(OTHER_RABBITMQ) || hasServer(RABBITMQ);
        };
    }

    /** @throws BrokerException it is not; the message says what to install */
    public static void require(BrokerKind kind) throws BrokerException {
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
