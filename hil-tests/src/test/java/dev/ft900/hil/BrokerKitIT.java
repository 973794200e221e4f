package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ft900.agent.fleet.Fleet;
import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.RevocationReason;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.broker.BrokerKind;
import dev.ft900.hil.rest.RestClient;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.slot.BrokerAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kit as a site uses it: written by the command, started by the commands of its README. */
@Tag("outside-broker")
class BrokerKitIT {
    private static final Duration START = Duration.ofSeconds(180);
    private static final Duration STOP = Duration.ofSeconds(60);
    private static final int BOARDS = 10;

    @TempDir
    Path dir;

    private Path kit;
    private Path state;
    private int port;

    @BeforeEach
    void writeTheKit() throws IOException {
        kit = dir.resolve("kit");
        state = dir.resolve("state");
        port = TestPorts.free();
        var options = new ArrayList<>(List.of("--mqtt-port", "" + port, "--gateway", "main", "--gateway", "other"));
        // Root runs it where CI does.
        options.add("--as-root");
        if (TestBroker.kind() == BrokerKind.RABBITMQ) {
            options.add("--inner-ports");
            options.add(TestPorts.free(4).stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
        writeKit(options.toArray(String[]::new));
    }

    private void writeKit(String... more) throws IOException {
        var arguments =
                new ArrayList<>(List.of("broker", "kit", TestBroker.kind().word()));
        arguments.addAll(List.of("--out", kit.toString(), "--state", state.toString()));
        arguments.addAll(List.of(more));
        try (var written = ToolkitProcess.ft900(dir, arguments.toArray(String[]::new))) {
            assertThat(written.exitCode(START)).as(written.errors()).isZero();
        }
    }

    /** The commands of the README, without the first, which installs. */
    private List<String> commands() throws IOException {
        var text = Files.readString(kit.resolve("README.md"));
        var block = text.substring(text.indexOf("```\n") + 4, text.indexOf("\n```\n", text.indexOf("```\n") + 4));
        var commands = block.lines().toList();
        assertThat(commands).hasSize(3);
        assertThat(commands.get(0))
                .startsWith("sudo apt-get install")
                .endsWith(TestBroker.kind().debianPackage());
        return commands.subList(1, 3);
    }

    private ToolkitProcess startBroker() throws IOException {
        return ToolkitProcess.start(
                dir, List.of("sh", "-c", "exec " + commands().get(0)), Map.of());
    }

    private ToolkitProcess startGateway() throws IOException {
        var words = List.of(commands().get(1).split(" "));
        assertThat(words.get(0)).isEqualTo("./ft900");
        var arguments = new ArrayList<>(words.subList(1, words.size()));
        arguments.addAll(List.of("--json", "--state", state.toString(), "--https-port", "0"));
        return ToolkitProcess.ft900(dir, arguments.toArray(String[]::new));
    }

    private static JsonNode ready(ToolkitProcess gateway) throws IOException {
        return new JsonMapper().readTree(gateway.line(START));
    }

    private static RestClient client(JsonNode ready) throws Exception {
        return new RestClient(
                URI.create(ready.path("gateway").asText()),
                ready.path("token").asText(),
                Pem.readCertificates(Path.of(ready.path("ca").asText())).get(0));
    }

    private static long online(RestClient rest) throws IOException {
        long online = 0;
        for (int i = 0; i < BOARDS; i++) {
            if (rest.get("/api/v1/devices/kit" + i).body().path("online").asBoolean()) {
                online++;
            }
        }
        return online;
    }

    private boolean acceptsConnections() {
        return TestPorts.accepts(port);
    }

    @Test
    void boardsWorkThroughItAndComeBackWhenTheGatewayWasDown() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kit.resolve("gateway.json"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kit.resolve("tls/server.key"))))
                .isEqualTo("rw-------");
        try (var broker = startBroker();
                var database = StateDatabase.open(new StateFolder(state))) {
            await().atMost(START).until(this::acceptsConnections);
            var authority = new AuthorityFolder(new StateFolder(state), database, Clock.systemUTC())
                    .open()
                    .orElseThrow();
            var enrolment = new Enrolment(database, authority, Clock.systemUTC());
            try (var fleet = TestFleet.register(
                            enrolment,
                            authority.root(),
                            new BrokerAddress("localhost", port, "localhost"),
                            "kit",
                            BOARDS);
                    var gateway = startGateway()) {
                fleet.powerOn();
                var rest = client(ready(gateway));
                await().atMost(START).until(() -> online(rest) == BOARDS);
                assertThat(rest.get("/api/v1/devices/kit3/gpio/12").status()).isEqualTo(200);

                gateway.kill();
                gateway.exitCode(STOP);
                comeBackWithoutTheGateway(fleet);

                revokeWhileTheGatewayIsDown(enrolment);
                try (var again = startGateway()) {
                    var after = client(ready(again));
                    // All but the one that was revoked meanwhile.
                    await().atMost(START)
                            .untilAsserted(() -> assertThat(fleet.connected()).isEqualTo(BOARDS - 1));
                    await().atMost(START).until(() -> online(after) == BOARDS - 1);
                    assertThat(after.get("/api/v1/devices/kit3/gpio/12").status())
                            .isEqualTo(200);
                }
            }
            broker.terminate();
            broker.exitCode(STOP);
        }
        assertThat(acceptsConnections()).isFalse();
    }

    /** As a site does before the certificate ends; and as a service manager does that sees the broker die. */
    @Test
    void aKitThatIsWrittenAgainUnderARunningGatewayLeavesWhatTheTwoKnowOfEachOther() throws Exception {
        var before = Files.readString(kit.resolve("gateway.json"));
        try (var broker = startBroker();
                var database = StateDatabase.open(new StateFolder(state))) {
            await().atMost(START).until(this::acceptsConnections);
            var authority = new AuthorityFolder(new StateFolder(state), database, Clock.systemUTC())
                    .open()
                    .orElseThrow();
            var address = new BrokerAddress("localhost", port, "localhost");
            try (var fleet = TestFleet.register(
                            new Enrolment(database, authority, Clock.systemUTC()),
                            authority.root(),
                            address,
                            "kit",
                            BOARDS);
                    var gateway = startGateway()) {
                fleet.powerOn();
                var rest = client(ready(gateway));
                await().atMost(START).until(() -> online(rest) == BOARDS);

                writeKit();
                assertThat(Files.readString(kit.resolve("gateway.json"))).isEqualTo(before);
                killTheProgram(broker);
                assertThat(broker.exitCode(STOP))
                        .as("what the service manager sees")
                        .isPositive();
                try (var again = startBroker()) {
                    await().atMost(START)
                            .untilAsserted(() -> assertThat(fleet.connected()).isEqualTo(BOARDS));
                    await().atMost(START).until(() -> online(rest) == BOARDS);
                    assertThat(rest.delete("/api/v1/devices/kit5").status()).isEqualTo(204);
                    await().atMost(START)
                            .untilAsserted(() -> assertThat(fleet.connected()).isEqualTo(BOARDS - 1));
                    again.terminate();
                    assertThat(again.exitCode(STOP)).isIn(0, 143);
                }
            }
        }
    }

    private static void killTheProgram(ToolkitProcess broker) {
        if (TestBroker.kind() == BrokerKind.MOSQUITTO) {
            broker.kill();
        } else {
            ProcessHandle.of(broker.pid())
                    .orElseThrow()
                    .descendants()
                    .filter(process -> process.info().command().orElse("").contains("beam"))
                    .forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** RabbitMQ asks the gateway and lets nobody in while it is gone; Mosquitto has its rules and lets everybody back in. */
    private void comeBackWithoutTheGateway(Fleet fleet) {
        assertThat(fleet.connected()).isEqualTo(BOARDS);
        int failures = fleet.failures();
        fleet.resetAll();
        if (TestBroker.kind() == BrokerKind.RABBITMQ) {
            await().atMost(START).until(() -> fleet.failures() >= failures + BOARDS);
            assertThat(fleet.connected()).isZero();
        } else {
            await().atMost(START)
                    .untilAsserted(() -> assertThat(fleet.connected()).isEqualTo(BOARDS));
        }
    }

    private static void revokeWhileTheGatewayIsDown(Enrolment enrolment) {
        enrolment
                .certificates(new BoardId("kit9"))
                .forEach(certificate -> enrolment.revoke(certificate.serial(), RevocationReason.KEY_COMPROMISE));
    }
}
