package dev.ft900.hil;

import dev.ft900.gateway.broker.BrokerChoice;
import dev.ft900.gateway.broker.BrokerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The broker on which the suite runs: the system property {@code ft900.broker}, embedded when it is not set. */
public final class TestBroker {
    private TestBroker() {}

    public static BrokerKind kind() {
        var name = System.getProperty("ft900.broker", "");
        return name.isEmpty()
                ? BrokerKind.EMBEDDED
                : BrokerKind.from(name)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "expected ft900.broker to be " + BrokerKind.words() + "; got " + name));
    }

    public static BrokerChoice choice() {
        return kind() == BrokerKind.EMBEDDED ? new BrokerChoice.Embedded() : new BrokerChoice.Child(kind());
    }

    /** Prints a figure that was measured, for the log of the suite. */
    static void say(String format, Object... values) {
        System.out.println("measured on " + kind() + ": " + String.format(Locale.ROOT, format, values));
    }

    /** Ends the processes of a broker that runs on a kit, as {@code kill -9} does. */
    public static void kill(Path kit) throws IOException {
        long pid = Long.parseLong(Files.readString(kit.resolve("process")).split(" ")[0]);
        ProcessHandle.of(pid).ifPresent(start -> {
            start.descendants().forEach(ProcessHandle::destroyForcibly);
            start.destroyForcibly();
        });
    }
}
