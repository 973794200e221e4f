package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ft900.ca.authority.Pem;
import dev.ft900.gateway.broker.BrokerKind;
import dev.ft900.gateway.broker.outside.BrokerChild;
import dev.ft900.hil.rest.RestClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./ft900 up} as a person or a CI job meets it: its one line, its stop, its second start, its refusals. */
class UpIT {
    /** Four seconds with the machine to itself; other tests take most of it. */
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final Duration START =
            TestBroker.kind() == BrokerKind.RABBITMQ ? Duration.ofSeconds(150) : Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path dir;

    /** What a killed up leaves running, the next one would end; there is none after the test. */
    @AfterEach
    void endTheBrokerThatIsLeft() throws IOException {
        BrokerChild.stopLeftOver(dir.resolve("state/broker"));
    }

    private ToolkitProcess up(String... more) throws IOException {
        var arguments = new ArrayList<>(List.of(
                "up",
                "--json",
                "--state",
                dir.resolve("state").toString(),
                "--broker",
                TestBroker.kind().word()));
        arguments.addAll(List.of(more));
        return ToolkitProcess.ft900(dir, arguments.toArray(String[]::new));
    }

    private static JsonNode ready(ToolkitProcess up) throws IOException {
        return JSON.readTree(up.line(START));
    }

    private static RestClient client(JsonNode ready) throws Exception {
        return new RestClient(
                URI.create(ready.path("gateway").asText()),
                ready.path("token").asText(),
                Pem.readCertificates(Path.of(ready.path("ca").asText())).get(0));
    }

    @Test
    void startsWithOneLineStopsInOrderAndGoesOnWithTheSame() throws Exception {
        JsonNode first;
        String certificates;
        try (var up = up("--https-port", "0", "--mqtt-port", "0", "--boards", "2")) {
            first = ready(up);
            assertThat(first.path("gateway").asText()).startsWith("https://localhost:");
            assertThat(first.path("broker").asText()).startsWith("ssl://localhost:");
            assertThat(first.path("boards"))
                    .hasSize(2)
                    .extracting(JsonNode::asText)
                    .containsExactly("board1", "board2");
            assertThat(Files.readString(dir.resolve("state/token")).strip())
                    .isEqualTo(first.path("token").asText());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("state/token"))))
                    .isEqualTo("rw-------");
            var rest = client(first);
            assertThat(rest.put("/api/v1/devices/board2/gpio/12", "{\"direction\":\"out\",\"value\":1}")
                            .status())
                    .isEqualTo(200);
            certificates = rest.get("/api/v1/devices/board1")
                    .body()
                    .path("certificates")
                    .toString();

            up.terminate();

            // 143: the process says that it ended because it was asked to.
            assertThat(up.exitCode(STOP)).isEqualTo(143);
            assertThat(up.errors()).contains("Stopping");
            assertThat(up.lines()).isEmpty();
        }
        try (var again = up("--https-port", "0", "--mqtt-port", "0", "--boards", "2")) {
            var second = ready(again);

            assertThat(second).isEqualTo(first);
            assertThat(client(second)
                            .get("/api/v1/devices/board1")
                            .body()
                            .path("certificates")
                            .toString())
                    .isEqualTo(certificates);
        }
    }

    @Test
    void goesOnAfterItWasKilled() throws Exception {
        JsonNode first;
        try (var up = up("--https-port", "0", "--mqtt-port", "0")) {
            first = ready(up);
            assertThat(client(first)
                            .post("/api/v1/devices", "{\"id\":\"kept\"}")
                            .status())
                    .isEqualTo(201);
            up.kill();
            up.exitCode(STOP);
        }

        try (var again = up("--https-port", "0", "--mqtt-port", "0")) {
            var rest = client(ready(again));

            assertThat(rest.get("/api/v1/devices/kept").status()).isEqualTo(200);
            assertThat(rest.get("/api/v1/devices/board1/gpio/12").status()).isEqualTo(200);
        }
    }

    @Test
    @Tag("slow")
    void boardsFollowWhenThePortChanges() throws Exception {
        JsonNode first;
        try (var up = up("--https-port", "0", "--mqtt-port", "0")) {
            first = ready(up);
            up.terminate();
            up.exitCode(STOP);
        }
        int taken = URI.create(first.path("broker").asText()).getPort();
        try (var occupied = new ServerSocket(taken, 1, InetAddress.getLoopbackAddress());
                var again = up("--https-port", "0", "--mqtt-port", "0")) {
            var second = ready(again);

            assertThat(URI.create(second.path("broker").asText()).getPort()).isNotEqualTo(occupied.getLocalPort());
            assertThat(client(second).get("/api/v1/devices/board1/gpio/12").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aSecondServerOnTheSameStateIsRefusedByName() throws Exception {
        try (var up = up("--https-port", "0", "--mqtt-port", "0", "--boards", "0")) {
            ready(up);
            try (var second = up("--https-port", "0", "--mqtt-port", "0")) {
                assertThat(second.exitCode(START)).isEqualTo(4);
                assertThat(second.errors())
                        .contains("expected to be the only server on the state folder")
                        .contains("--state");
                assertThat(JSON.readTree(second.line(STOP))
                                .path("error")
                                .path("exitCode")
                                .asInt())
                        .isEqualTo(4);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"--https-port, --mqtt-port", "--mqtt-port, --https-port"})
    void aPortThatIsTakenIsNamedWithTheWayOut(String option, String other) throws Exception {
        try (var occupied = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var up = up(option, "" + occupied.getLocalPort(), other, "0")) {
            assertThat(up.exitCode(START)).isEqualTo(4);
            assertThat(up.errors())
                    .contains("expected port " + occupied.getLocalPort())
                    .contains(option + " 0");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--boards, -1, 0 to 1000",
        "--boards, x, --boards",
        "--https-port, 65536, 0 to 65535",
        "--listen, no.such.host.invalid, --listen",
        "--nonsense, 1, --nonsense"
    })
    void wrongUsageIsExitCodeTwo(String option, String value, String words) throws Exception {
        try (var up = up(option, value)) {
            assertThat(up.exitCode(START)).isEqualTo(2);
            assertThat(up.errors()).contains(words);
        }
    }

    @Test
    void isReadySoon() throws Exception {
        long start = System.nanoTime();
        try (var up = up("--https-port", "0", "--mqtt-port", "0")) {
            ready(up);

            var took = Duration.ofNanos(System.nanoTime() - start);
            TestBroker.say("up: ready after %d ms, beside other tests", took.toMillis());
            // RabbitMQ alone needs 8 to 15 s.
            assertThat(took).isLessThan(TestBroker.kind() == BrokerKind.EMBEDDED ? SOON : START);
        }
    }
}
