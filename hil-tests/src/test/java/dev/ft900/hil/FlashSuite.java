package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ft900.agent.app.BoardFolder;
import dev.ft900.agent.app.RunningBoard;
import dev.ft900.agent.mqtt.BoardThreads;
import dev.ft900.ca.store.RevocationReason;
import dev.ft900.ca.store.StoredCertificate;
import dev.ft900.hil.SharedChain.Bench;
import dev.ft900.protocol.name.BoardId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands around {@code ./ft900 flash}, each as a process of its own, and a hundred boards in one job. Run by {@code .ci/flash-suite}. */
@ExtendWith(SharedChain.class)
class FlashSuite {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int MANY = 100;
    private static final int SLOW = 4_800;
    private static final char CONSOLE_ESCAPE = 0x1D;
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

    private String state() {
        return bench.state().path().toString();
    }

    private JsonNode run(int exitCode, String... arguments) throws IOException {
        try (var process = ToolkitProcess.ft900(dir, arguments)) {
            assertThat(process.exitCode(PATIENCE)).as(process.errors()).isEqualTo(exitCode);
            return JSON.readTree(process.line(PATIENCE));
        }
    }

    @Test
    void infoVerifyDoctorAndEraseTellTheTruthAboutABoard() throws IOException {
        var board = board("looked-at");
        var port = board.portName();
        assertThat(run(0, "flash", "info", "--json", "--port", port).has("id")).isFalse();
        assertThat(run(3, "flash", "verify", "--json", "--port", port, "--state", state())
                        .toString())
                .contains("./ft900 flash --id");
        run(0, "flash", "--json", "--port", port, "--id", "flash-looked", "--state", state(), "--wait-online", "60");

        assertThat(run(0, "flash", "info", "--json", "--port", port).path("id").asText())
                .isEqualTo("flash-looked");
        assertThat(run(0, "flash", "verify", "--json", "--port", port, "--state", state(), "--id", "flash-looked")
                        .path("ok")
                        .asBoolean())
                .isTrue();
        var doctor = run(0, "doctor", "--json", "--port", port, "--state", state());
        assertThat(doctor.findValuesAsText("check"))
                .contains("port", "board", "board clock", "authority", "gateway", "online", "broker", "register");
        assertThat(doctor.findValuesAsText("outcome")).containsOnly("ok");

        try (var erase = ToolkitProcess.ft900(dir, "flash", "erase", "--port", port)) {
            assertThat(erase.exitCode(PATIENCE)).isEqualTo(2);
            assertThat(erase.errors()).contains("--yes").contains("flash-looked");
        }
        assertThat(run(0, "flash", "erase", "--json", "--yes", "--port", port)
                        .path("id")
                        .asText())
                .isEqualTo("flash-looked");
        assertThat(board.board().id().join()).isEmpty();
    }

    @Test
    void aBatchGoesOnWhereItWasCutOffAndPrintsLabels() throws IOException {
        var in = Files.writeString(
                dir.resolve("in.csv"),
                "id,port,label\nflash-batch-1," + board("batch1").portName()
                        + ",left door\nflash-batch-2,/dev/ttyNOTTHERE,\n");
        var out = dir.resolve("out.csv");
        var labels = dir.resolve("labels.txt");
        String[] job = {
            "flash",
            "batch",
            "--json",
            "--csv",
            in.toString(),
            "--out",
            out.toString(),
            "--labels",
            labels.toString(),
            "--state",
            state(),
            "--wait-board",
            "10"
        };

        var first = run(3, job);

        assertThat(first.path("done").asInt()).isEqualTo(1);
        assertThat(first.path("failed").asInt()).isEqualTo(1);
        assertThat(Files.readAllLines(out))
                .hasSize(3)
                .anyMatch(line -> line.startsWith("flash-batch-1,done,\"left door\""));
        assertThat(Files.readString(labels)).contains("flash-batch-1\nleft door\nMAC 02:F9:");

        Files.writeString(
                in,
                Files.readString(in).replace("/dev/ttyNOTTHERE", board("batch2").portName()));
        var second = run(0, job);

        assertThat(second.path("doneBefore").asInt()).isEqualTo(1);
        assertThat(second.path("done").asInt()).isEqualTo(1);
        TestClients.requireOnline(bench, "flash-batch-2");
    }

    @Test
    void boardsAreChangedByHandAtOnePortAndLabelledInATable() throws IOException {
        var first = board("hand1", OptionalInt.of(0));
        var second = board("hand2", OptionalInt.of(0));
        var in = Files.writeString(
                dir.resolve("hand.csv"), "id,label\nflash-hand-1,left door\nflash-hand-2,\"b, right\"\n");
        var labels = dir.resolve("labels.csv");
        try (var port = new PortSwitch()) {
            port.plugIn(first.portName());
            try (var batch = ToolkitProcess.ft900(
                    dir,
                    "flash",
                    "batch",
                    "--json",
                    "--csv",
                    in.toString(),
                    "--out",
                    dir.resolve("hand-out.csv").toString(),
                    "--labels",
                    labels.toString(),
                    "--ports",
                    port.name(),
                    "--state",
                    state(),
                    "--wait-board",
                    "300")) {
                await().atMost(PATIENCE).until(() -> batch.errors().contains("connect the next board"));
                assertThat(first.board().id().join()).contains(new BoardId("flash-hand-1"));
                port.plugIn(second.portName());

                assertThat(batch.exitCode(PATIENCE)).as(batch.errors()).isZero();
                assertThat(JSON.readTree(batch.line(PATIENCE)).path("done").asInt())
                        .isEqualTo(2);
            }
        }
        assertThat(second.board().id().join()).contains(new BoardId("flash-hand-2"));
        assertThat(Files.readAllLines(labels))
                .hasSize(3)
                .anyMatch(line -> line.contains("flash-hand-1") && line.contains("left door"))
                .anyMatch(line -> line.contains("flash-hand-2") && line.contains("\"b, right\""));
    }

    @Test
    void theConsoleShowsWhatTheBoardPrints() throws IOException {
        var board = board("console");
        try (var console =
                ToolkitProcess.ft900(dir, "flash", "console", "--json", "--port", board.portName(), "--for", "600")) {
            await().atMost(PATIENCE).until(() -> console.errors().contains("Console of"));
            board.board().pressReset().join();

            var text = new StringBuilder();
            await().atMost(PATIENCE).until(() -> {
                for (var line : console.lines()) {
                    text.append(JSON.readTree(line).path("text").asText());
                }
                return text.indexOf("FT900") >= 0;
            });
        }
        assertThat(run(4, "flash", "console", "--json", "--port", "/dev/ttyNOTTHERE")
                        .toString())
                .contains("/dev/ttyNOTTHERE");
        assertThat(run(2, "flash", "console", "--json").toString()).contains("--port");
    }

    @Test
    void whatIsTypedAtTheConsoleReachesTheBoardUntilTheEscape() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout((int) PATIENCE.toMillis());
            var port = "socket://localhost:" + server.getLocalPort();
            try (var console = ToolkitProcess.ft900(dir, "flash", "console", "--json", "--port", port);
                    var uart = server.accept()) {
                uart.setSoTimeout((int) PATIENCE.toMillis());
                await().atMost(PATIENCE).until(() -> console.errors().contains("Console of"));

                console.type("version\n");
                assertThat(uart.getInputStream().readNBytes(8)).asString().isEqualTo("version\n");
                uart.getOutputStream().write("firmware 7\r\n> ".getBytes(StandardCharsets.UTF_8));
                var text = new StringBuilder();
                while (text.indexOf("> ") < 0) {
                    text.append(
                            JSON.readTree(console.line(PATIENCE)).path("text").asText());
                }
                assertThat(text.toString()).isEqualTo("firmware 7\r\n> ");

                console.type("last" + CONSOLE_ESCAPE + "never\n");
                assertThat(console.exitCode(PATIENCE)).as(console.errors()).isZero();
                assertThat(uart.getInputStream().readAllBytes()).asString().isEqualTo("last");
            }
        }
    }

    @Test
    void aBoardBehindATerminalServerIsProvisionedWithItsRateAndWithoutIt() throws IOException {
        assertThat(Ser2Net.PROGRAM).as("apt-get install ser2net").isExecutable();
        var board = board("far-away");
        try (var server = new Ser2Net(dir, board.portName(), RunningBoard.DEFAULT_BAUD)) {
            await().atMost(PATIENCE).until(server::listens);
            assertThat(run(0, "flash", "info", "--json", "--port", server.controlled())
                            .has("id"))
                    .isFalse();

            var trace = dir.resolve("controlled.trace");
            var bareTrace = dir.resolve("bare.trace");
            var first = provision(server.controlled(), trace);
            var second = provision(server.bare(), bareTrace);

            assertThat(first.path("online").asBoolean()).isTrue();
            assertThat(trace).content().contains("# rate 921600");
            assertThat(second.path("online").asBoolean()).isTrue();
            assertThat(bareTrace).content().contains(" > ").doesNotContain("# rate 921600");
            assertThat(second.path("generation").asInt())
                    .isEqualTo(first.path("generation").asInt() + 1);
            assertThat(run(0, "flash", "verify", "--json", "--port", server.controlled(), "--state", state())
                            .path("ok")
                            .asBoolean())
                    .isTrue();
        }
    }

    private JsonNode provision(String port, Path trace) throws IOException {
        var command = "flash --json --id flash-far --wait-online 60 --port " + port + " --trace " + trace + " --state "
                + state();
        return run(0, command.split(" "));
    }

    @Test
    void portsAreListed() throws IOException {
        assertThat(run(0, "flash", "ports", "--json").path("ports").isArray()).isTrue();
    }

    @Test
    void settingsComeFromAFileAndFromTheEnvironment() throws IOException {
        var board = board("settings");
        var file = Files.writeString(dir.resolve("bench.settings"), "--port " + board.portName() + "\n--json\n");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.ft900.hil.cli.Ft900",
                "flash",
                "@" + file));
        var environment = Map.of("FT900_FLASH_ID", "flash-settings", "FT900_STATE", state(), "FT900_WAIT_ONLINE", "60");
        try (var flash = ToolkitProcess.start(dir, command, environment)) {
            assertThat(flash.exitCode(PATIENCE)).as(flash.errors()).isZero();
            var result = JSON.readTree(flash.line(PATIENCE));
            assertThat(result.path("id").asText()).isEqualTo("flash-settings");
            assertThat(result.path("online").asBoolean()).isTrue();
        }
    }

    private Set<Path> drafts() throws IOException {
        var folder = bench.state().path().resolve("drafts");
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (var files = Files.list(folder)) {
            return files.collect(Collectors.toSet());
        }
    }

    @Test
    void aStationThatWasKilledWhileItWroteGoesOnWithTheSameCertificate() throws IOException {
        // So slow that the slot is on the wire for seconds.
        var board = RunningBoard.open(new BoardFolder(dir.resolve("slow")), threads, SLOW, OptionalInt.empty());
        boards.add(board);
        board.board().powerOn().join();
        String[] slowly = {
            "flash",
            "--json",
            "--port",
            board.portName(),
            "--id",
            "flash-resumed",
            "--state",
            state(),
            "--baud",
            "" + SLOW,
            "--max-baud",
            "0"
        };
        var before = drafts();
        try (var killed = ToolkitProcess.ft900(dir, slowly)) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> !before.containsAll(drafts()) || !killed.isAlive());
            killed.kill();
        }
        var id = new BoardId("flash-resumed");
        assertThat(board.board().id().join()).isEmpty();

        var again = new ArrayList<>(List.of(slowly));
        again.add("--resume");
        var result = run(0, again.toArray(String[]::new));

        assertThat(bench.chain().gateway().enrolment().certificates(id))
                .singleElement()
                .extracting(StoredCertificate::serial)
                .isEqualTo(result.path("serial").asText());
        assertThat(board.board().id().join()).contains(id);
        assertThat(drafts()).isEqualTo(before);
    }

    private static String found(JsonNode doctor, String check) {
        for (var line : doctor.path("checks")) {
            if (line.path("check").asText().equals(check)) {
                return line.path("outcome").asText() + ": " + line.path("found").asText() + " -> "
                        + line.path("next").asText();
            }
        }
        return "";
    }

    @Test
    void doctorSaysWhatIsWrongAndWhatToDo() throws Exception {
        var board = board("ill");
        var port = board.portName();
        var blank = run(3, "doctor", "--json", "--port", port, "--state", state());
        assertThat(found(blank, "identity")).startsWith("fail").contains("./ft900 flash --id");

        run(0, "flash", "--json", "--port", port, "--id", "flash-ill", "--state", state(), "--wait-online", "60");
        var certificates = bench.chain().gateway().enrolment().certificates(new BoardId("flash-ill"));
        bench.chain().gateway().enrolment().revoke(certificates.get(0).serial(), RevocationReason.KEY_COMPROMISE);
        await().atMost(PATIENCE).until(() -> !bench.rest()
                .get("/api/v1/devices/flash-ill")
                .body()
                .path("online")
                .asBoolean());
        var revoked = run(3, "doctor", "--json", "--port", port, "--state", state());
        assertThat(found(revoked, "register"))
                .startsWith("fail")
                .contains("revoked")
                .contains("provision it again");
        assertThat(found(revoked, "online")).startsWith("fail").contains("not online");
        assertThat(found(revoked, "broker")).startsWith("ok");

        var elsewhere = dir.resolve("elsewhere").toString();
        run(0, "ca", "init", "--json", "--state", elsewhere);
        var stranger = run(
                3,
                "doctor",
                "--json",
                "--port",
                port,
                "--state",
                elsewhere,
                "--gateway",
                "https://localhost:1",
                "--token-file",
                bench.state().token().toString());
        assertThat(found(stranger, "certificate chain")).startsWith("fail").contains("--state");
        assertThat(found(stranger, "register")).startsWith("fail").contains("not registered");
        assertThat(found(stranger, "gateway")).startsWith("fail").contains("https://localhost:1");

        var nothing = run(
                3,
                "doctor",
                "--json",
                "--port",
                "/dev/ttyNOTTHERE",
                "--state",
                dir.resolve("nothing").toString(),
                "--broker",
                "localhost:1");
        assertThat(found(nothing, "port")).startsWith("fail").contains("flash ports");
        assertThat(found(nothing, "board")).startsWith("skipped");
        assertThat(found(nothing, "authority")).startsWith("fail").contains("ca init");

        var closed = run(3, "doctor", "--json", "--no-board", "--state", elsewhere, "--broker", "localhost:1");
        assertThat(found(closed, "broker")).startsWith("fail").contains("cannot be reached");
    }

    @Test
    void aHundredBoardsInOneJobGetAHundredKeysAndGetOnline() throws IOException {
        var csv = new StringBuilder("id,port\n");
        for (int i = 0; i < MANY; i++) {
            csv.append("flash-many-")
                    .append(i)
                    .append(',')
                    .append(board("many" + i, OptionalInt.of(0)).portName())
                    .append('\n');
        }
        var in = Files.writeString(dir.resolve("many.csv"), csv);

        var result = run(
                0,
                "flash",
                "batch",
                "--json",
                "--csv",
                in.toString(),
                "--out",
                dir.resolve("many-out.csv").toString(),
                "--state",
                state(),
                "--wait-online",
                "120");

        assertThat(result.path("done").asInt()).isEqualTo(MANY);
        var keys = new HashSet<String>();
        var enrolment = bench.chain().gateway().enrolment();
        for (var board : boards) {
            var id = board.board().id().join().orElseThrow();
            assertThat(enrolment.find(id).orElseThrow().serial())
                    .as("%s was online", id)
                    .isPresent();
            keys.add(enrolment.certificates(id).get(0).keyHash());
        }
        assertThat(keys).hasSize(MANY);
    }
}
