package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.app.BrokerKit;
import dev.ft900.gateway.broker.BrokerKind;
import dev.ft900.gateway.broker.outside.KitPorts;
import dev.ft900.protocol.name.GatewayName;
import dev.ft900.protocol.slot.BrokerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Two gateways, called a and b, each a process of its own with a state folder of its own, on one PostgreSQL and one RabbitMQ. */
final class TwoGateways implements AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final Path RABBITMQ = Path.of("/usr/lib/rabbitmq/lib");

    private final Path dir;
    private final TestPostgres postgres;
    private final StateFolder stateA;
    private final StateFolder stateB;
    private final Path kit;
    private final int port = TestPorts.free();
    private final String databaseUrl;
    private ToolkitProcess broker;
    private GatewayProcess a;
    private GatewayProcess b;

    private TwoGateways(Path dir) throws Exception {
        this.dir = dir;
        stateA = new StateFolder(dir.resolve("a"));
        stateB = new StateFolder(dir.resolve("b"));
        kit = dir.resolve("kit");
        postgres = TestPostgres.start(Files.createDirectory(dir.resolve("postgres")));
        var shared = postgres.database("ft900");
        databaseUrl = shared.url();
        shared.save(stateA);
    }

    /** Returns when all serve. */
    static TwoGateways start(Path dir) throws Exception {
        if (!Files.isDirectory(RABBITMQ)) {
            return abort("needs RabbitMQ: apt-get install rabbitmq-server");
        }
        var two = new TwoGateways(dir);
        try {
            two.writeTheKit();
            two.makeTheSecondStateFolderOfTheFirst();
            two.broker = ToolkitProcess.start(dir, List.of("sh", "-c", "exec " + two.kit.resolve("start")), Map.of());
            await().atMost(LONG).until(() -> TestPorts.accepts(two.port));
            two.startWhatIsDown();
            return two;
        } catch (Exception | AssertionError e) {
            two.close();
            throw e;
        }
    }

    private void writeTheKit() throws Exception {
        var names = List.of(new GatewayName("a"), new GatewayName("b"));
        var free = TestPorts.free(4);
        new BrokerKit(
                        BrokerKind.RABBITMQ,
                        kit,
                        InetAddress.getLoopbackAddress(),
                        "localhost",
                        port,
                        names,
                        new KitPorts(free.get(0), free.get(1), free.get(2), free.get(3)),
                        false,
                        "./ft900")
                .write(stateA);
    }

    private void makeTheSecondStateFolderOfTheFirst() throws Exception {
        var passphrase = Files.writeString(dir.resolve("passphrase"), "correct horse battery staple\n");
        var backup = dir.resolve("backup").toString();
        run(
                "ca",
                "backup",
                "--out",
                backup,
                "--backup-passphrase-file",
                "" + passphrase,
                "--state",
                "" + stateA.path());
        run("ca", "restore", backup, "--backup-passphrase-file", "" + passphrase, "--state", "" + stateB.path());
    }

    private void run(String... arguments) throws Exception {
        try (var command = ToolkitProcess.ft900(dir, arguments)) {
            assertThat(command.exitCode(LONG)).as(command.errors()).isZero();
        }
    }

    /** Starts them, or the one that was killed. */
    void startWhatIsDown() throws Exception {
        if (a == null || !a.isAlive()) {
            // Which database it works on is said on its command line, as at a site.
            a = GatewayProcess.start(
                    dir,
                    stateA,
                    "--name",
                    "a",
                    "--broker-kit",
                    kit.toString(),
                    "--database-url",
                    databaseUrl,
                    "--database-user",
                    "postgres");
        }
        if (b == null || !b.isAlive()) {
            // It finds the database in its state folder.
            b = GatewayProcess.start(dir, stateB, "--name", "b", "--broker-kit", kit.toString());
        }
    }

    GatewayProcess a() {
        return a;
    }

    GatewayProcess b() {
        return b;
    }

    StateFolder stateA() {
        return stateA;
    }

    StateFolder stateB() {
        return stateB;
    }

    Path kit() {
        return kit;
    }

    TestPostgres postgres() {
        return postgres;
    }

    BrokerAddress broker() {
        return new BrokerAddress("localhost", port, "localhost");
    }

    @Override
    public void close() throws IOException {
        for (var gateway : new GatewayProcess[] {a, b}) {
            if (gateway != null) {
                gateway.close();
            }
        }
        if (broker != null) {
            broker.terminate();
            broker.exitCode(LONG);
        }
        postgres.close();
    }
}
