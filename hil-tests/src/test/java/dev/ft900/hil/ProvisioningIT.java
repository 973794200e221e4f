package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ft900.agent.app.BoardFolder;
import dev.ft900.agent.app.RunningBoard;
import dev.ft900.agent.mqtt.BoardThreads;
import dev.ft900.gateway.broker.BrokerKind;
import dev.ft900.hil.SharedChain.Bench;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./ft900 flash} beside a running server, on a virtual board that no one has provisioned, over its serial port. */
@ExtendWith(SharedChain.class)
class ProvisioningIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path dir;

    private final BoardThreads threads = new BoardThreads(1);
    private final List<RunningBoard> boards = new ArrayList<>();
    private Bench bench;

    @BeforeEach
    void take(Bench shared) {
        bench = shared;
    }

    @AfterEach
    void putAway() throws IOException {
        for (var board : boards) {
            board.close();
        }
        threads.close();
    }

    private RunningBoard board(String folder, OptionalInt tcp) throws IOException {
        var board = RunningBoard.open(new BoardFolder(dir.resolve(folder)), threads, RunningBoard.DEFAULT_BAUD, tcp);
        boards.add(board);
        board.board().powerOn().join();
        return board;
    }

    private RunningBoard board(String folder) throws IOException {
        return board(folder, OptionalInt.empty());
    }

    private ToolkitProcess flash(String port, String id, String... more) throws IOException {
        var arguments = new ArrayList<>(List.of("flash", "--json", "--port", port, "--id", id));
        arguments.addAll(List.of(more));
        return ToolkitProcess.ft900(dir, arguments.toArray(String[]::new));
    }

    private JsonNode flashed(RunningBoard board, String id, String... more) throws IOException {
        try (var flash = flash(board.portName(), id, more)) {
            assertThat(flash.exitCode(PATIENCE)).as(flash.errors()).isZero();
            return JSON.readTree(flash.line(PATIENCE));
        }
    }

    private String state() {
        return bench.state().path().toString();
    }

    private void assertControllable(RunningBoard board, String id) throws IOException {
        TestClients.requireOnline(bench, id);
        var answer = bench.rest().put("/api/v1/devices/" + id + "/gpio/12", "{\"direction\":\"out\",\"value\":1}");
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(board.board().level(new Pad(12)).join()).isEqualTo(Level.HIGH);
    }

    @Test
    void aBlankBoardGetsAnIdentityWhoseKeyWasBornOnIt() throws IOException {
        var board = board("blank");

        var result = flashed(board, "flash-blank", "--state", state());

        assertThat(result.path("id").asText()).isEqualTo("flash-blank");
        assertThat(result.path("generation").asInt()).isEqualTo(1);
        assertThat(result.path("uid").asText()).matches("[0-9a-f]{32}");
        assertThat(result.path("broker").asText())
                .isEqualTo(bench.chain().gateway().endpoints().broker().uri());
        assertThat(result.path("stepMs").findValue("write").asDouble()).isPositive();
        assertControllable(board, "flash-blank");
        assertThat(board.board().slot().join().orElseThrow().key()).isEmpty();
        assertThat(bench.rest().get("/api/v1/devices/flash-blank").body().path("uid"))
                .isEqualTo(result.path("uid"));
    }

    @Test
    void aGatewaySignsForAStationThatHasNoAuthority() throws IOException {
        var board = board("remote");
        var gateway = bench.chain().gateway();

        var result = flashed(
                board,
                "flash-remote",
                "--state",
                dir.resolve("empty").toString(),
                "--gateway",
                gateway.endpoints().gateway().toString(),
                "--token-file",
                bench.state().token().toString(),
                "--ca",
                bench.state().rootCertificate().toString());

        assertThat(result.path("id").asText()).isEqualTo("flash-remote");
        assertControllable(board, "flash-remote");
        assertThat(dir.resolve("empty")).doesNotExist();
    }

    @Test
    @Tag("slow")
    void aSocketServesAsAPort() throws IOException {
        var board = board("socket", OptionalInt.of(0));
        assertThat(board.portName()).startsWith("socket://");

        flashed(board, "flash-socket", "--state", state());

        assertControllable(board, "flash-socket");
    }

    @Test
    void theSameBoardIsRenewedAndItsOldCertificateSupersededOnceItIsBack() throws IOException {
        var board = board("renewed");
        var first = flashed(board, "flash-renewed", "--state", state());
        assertControllable(board, "flash-renewed");

        var second = flashed(board, "flash-renewed", "--state", state());

        assertThat(second.path("generation").asInt()).isEqualTo(2);
        assertThat(second.path("uid")).isEqualTo(first.path("uid"));
        await().until(() -> bench.rest()
                        .get("/api/v1/devices/flash-renewed")
                        .body()
                        .path("slotGeneration")
                        .asInt()
                == 2);
        assertControllable(board, "flash-renewed");
        var certificates =
                bench.rest().get("/api/v1/devices/flash-renewed").body().path("certificates");
        assertThat(certificates).hasSize(2);
        assertThat(certificates.path(0).path("serial")).isEqualTo(second.path("serial"));
        assertThat(certificates.path(0).has("revoked")).isFalse();
        if (TestBroker.kind() == BrokerKind.EMBEDDED) {
            assertThat(certificates.path(1).path("reason").asText()).isEqualTo("superseded");
        } else {
            // The others do not tell with which certificate a board came; docs/brokers.md says so.
            assertThat(certificates.path(1).has("revoked")).isFalse();
        }
    }

    @Test
    void aStationThatAsksAGatewayHasTheOldCertificateSupersededWhateverTheBroker() throws IOException {
        var board = board("remote-renewed");
        var gateway = bench.chain().gateway();
        String[] remote = {
            "--gateway", gateway.endpoints().gateway().toString(),
            "--token-file", bench.state().token().toString(),
            "--ca", bench.state().rootCertificate().toString(),
            "--wait-online", "60"
        };
        var first = flashed(board, "flash-superseded", remote);
        var second = flashed(board, "flash-superseded", remote);

        var device = "/api/v1/devices/flash-superseded";
        var certificates = bench.rest().get(device).body().path("certificates");
        assertThat(certificates.path(0).path("serial")).isEqualTo(second.path("serial"));
        assertThat(certificates.path(0).has("revoked")).isFalse();
        assertThat(certificates.path(1).path("serial")).isEqualTo(first.path("serial"));
        assertThat(certificates.path(1).path("reason").asText()).isEqualTo("superseded");

        var inUse = device + "/certificates/" + second.path("serial").asText() + "/in-use";
        assertThat(bench.rest().put(inUse, "{\"slotGeneration\":2}").status()).isEqualTo(200);
        assertThat(bench.rest().put(inUse, "{\"slotGeneration\":3}").status()).isEqualTo(422);
        assertThat(bench.rest().put(inUse, "{}").status()).isEqualTo(422);
        var superseded = device + "/certificates/" + first.path("serial").asText() + "/in-use";
        assertThat(bench.rest().put(superseded, "{\"slotGeneration\":2}").status())
                .isEqualTo(422);
        assertControllable(board, "flash-superseded");
    }

    @Test
    void anotherBoardDoesNotGetATakenId() throws IOException {
        flashed(board("owner"), "flash-taken", "--state", state());

        try (var flash = flash(board("intruder").portName(), "flash-taken", "--state", state())) {
            assertThat(flash.exitCode(PATIENCE)).isEqualTo(3);
            assertThat(flash.errors())
                    .contains("could not sign the certificate")
                    .contains("has UID");
        }
        assertThat(boards.get(1).board().id().join()).isEqualTo(Optional.empty());
        assertThat(boards.get(0).board().id().join()).contains(new BoardId("flash-taken"));
    }

    @Test
    @Tag("slow")
    void aPortAtWhichNobodyAnswersIsExitCodeFive() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var flash = flash("socket://127.0.0.1:" + silent.getLocalPort(), "flash-silent", "--state", state())) {
            assertThat(flash.exitCode(PATIENCE)).isEqualTo(5);
            assertThat(flash.errors()).contains("could not identify the board").contains("Check power and cable");
            assertThat(JSON.readTree(flash.line(PATIENCE))
                            .path("error")
                            .path("exitCode")
                            .asInt())
                    .isEqualTo(5);
        }
    }

    @Test
    void aPortThatIsNotThereIsExitCodeFour() throws IOException {
        try (var flash = flash("/dev/ttyNOTTHERE", "flash-none", "--state", state())) {
            assertThat(flash.exitCode(PATIENCE)).isEqualTo(4);
            assertThat(flash.errors()).contains("/dev/ttyNOTTHERE");
        }
    }

    @Test
    void withoutAnAuthorityTheNextStepIsSaid() throws IOException {
        try (var flash = flash(
                "/dev/ttyNOTTHERE",
                "flash-none",
                "--state",
                dir.resolve("nothing").toString())) {
            assertThat(flash.exitCode(PATIENCE)).isEqualTo(4);
            assertThat(flash.errors()).contains("./ft900 ca init");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPPER", "gw.main", "ft900", ""})
    void anIdThatNoBoardCanHaveIsWrongUsage(String id) throws IOException {
        try (var flash = flash("/dev/ttyNOTTHERE", id, "--state", state())) {
            assertThat(flash.exitCode(PATIENCE)).isEqualTo(2);
            assertThat(flash.errors()).contains("--id");
        }
    }

    @Test
    void aGatewayThatIsNotThereIsNamedAndTheBoardKeepsWhatItHas() throws IOException {
        var board = board("nogateway");

        try (var flash = flash(
                board.portName(),
                "flash-nogateway",
                "--gateway",
                "https://localhost:1",
                "--token-file",
                bench.state().token().toString(),
                "--ca",
                bench.state().rootCertificate().toString())) {
            assertThat(flash.exitCode(PATIENCE)).isEqualTo(4);
            assertThat(flash.errors()).contains("could not sign").contains("https://localhost:1");
        }
        assertThat(board.board().id().join()).isEmpty();
    }

    @Test
    void waitsUntilTheBoardIsOnlineAndFindsItsPortByAsking() throws IOException {
        var board = board("found");

        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var flash = ToolkitProcess.ft900(
                        dir,
                        "flash",
                        "--json",
                        "--among",
                        "socket://127.0.0.1:" + silent.getLocalPort() + "," + board.portName(),
                        "--id",
                        "flash-found",
                        "--state",
                        state(),
                        "--wait-online",
                        "60")) {
            assertThat(flash.exitCode(PATIENCE)).as(flash.errors()).isZero();
            var result = JSON.readTree(flash.line(PATIENCE));
            assertThat(result.path("online").asBoolean()).isTrue();
            assertThat(result.path("baud").asInt()).isEqualTo(921_600);
            assertThat(result.path("stepMs").has("online")).isTrue();
        }
        assertThat(bench.rest()
                        .get("/api/v1/devices/flash-found")
                        .body()
                        .path("online")
                        .asBoolean())
                .isTrue();
    }

    private JsonNode run(int exitCode, String... arguments) throws IOException {
        try (var process = ToolkitProcess.ft900(dir, arguments)) {
            assertThat(process.exitCode(PATIENCE)).as(process.errors()).isEqualTo(exitCode);
            return JSON.readTree(process.line(PATIENCE));
        }
    }

    @Test
    void aDryRunGoesThroughAllStepsAndTouchesNothing() throws IOException {
        var elsewhere = dir.resolve("untouched");

        var result = run(0, "flash", "--json", "--dry-run", "--id", "flash-dry", "--state", elsewhere.toString());

        assertThat(result.path("generation").asInt()).isEqualTo(1);
        assertThat(result.path("stepMs").path("write").asDouble()).isPositive();
        assertThat(elsewhere).doesNotExist();
    }

    @Test
    void aTraceHoldsEveryByteWithItsDirection() throws IOException {
        var board = board("traced");
        var trace = dir.resolve("trace.txt");

        flashed(board, "flash-traced", "--state", state(), "--trace", trace.toString());

        var lines = Files.readAllLines(trace);
        assertThat(lines).anyMatch(line -> line.matches(" +[0-9.]+ " + board.portName() + " > fd 01 .* fe"));
        assertThat(lines).anyMatch(line -> line.contains(" < "));
        assertThat(lines).anyMatch(line -> line.contains("# rate 921600"));
    }

    @Test
    void theKeyMayBeMadeOnTheHost() throws IOException {
        var board = board("host-key");

        flashed(board, "flash-host-key", "--state", state(), "--key", "host");

        assertControllable(board, "flash-host-key");
        assertThat(board.board().slot().join().orElseThrow().key()).isPresent();
    }
}
