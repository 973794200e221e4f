package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ft900.agent.app.BoardFolder;
import dev.ft900.agent.app.RunningBoard;
import dev.ft900.agent.mqtt.BoardThreads;
import dev.ft900.hil.SharedChain.Bench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
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
