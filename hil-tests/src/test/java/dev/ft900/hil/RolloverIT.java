package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ft900.agent.app.BoardFolder;
import dev.ft900.agent.app.RunningBoard;
import dev.ft900.agent.mqtt.BoardThreads;
import dev.ft900.ca.authority.Pem;
import dev.ft900.hil.rest.RestClient;
import dev.ft900.protocol.slot.Der;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new issuing authority below a running server: {@code ./ft900 ca rollover} beside {@code ./ft900 up}, each a process. On any broker. */
@Tag("slow")
@Tag("any-broker")
class RolloverIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path dir;

    private RestClient rest;

    private void run(String... arguments) throws IOException {
        try (var process = ToolkitProcess.ft900(dir, arguments)) {
            assertThat(process.exitCode(PATIENCE)).as(process.errors()).isZero();
        }
    }

    private String state() {
        return dir.resolve("state").toString();
    }

    private void flash(RunningBoard board, String id) throws IOException {
        board.board().powerOn().join();
        run("flash", "--port", board.portName(), "--id", id, "--state", state(), "--wait-online", "60");
    }

    private RunningBoard board(String folder, BoardThreads threads) throws IOException {
        return RunningBoard.open(
                new BoardFolder(dir.resolve(folder)), threads, RunningBoard.DEFAULT_BAUD, OptionalInt.empty());
    }

    private static Der issuer(RunningBoard board) {
        return board.board().slot().join().orElseThrow().chain().get(1);
    }

    private JsonNode device(String id) throws IOException {
        return rest.get("/api/v1/devices/" + id).body();
    }

    private void assertAnswers(String id) throws IOException {
        assertThat(rest.get("/api/v1/devices/" + id + "/status").status()).isEqualTo(200);
    }

    @Test
    void boardsOfTheOldIssuingAuthorityComeBackBesideThoseOfTheNewOne() throws Exception {
        try (var up = ToolkitProcess.ft900(
                        dir,
                        "up",
                        "--json",
                        "--state",
                        state(),
                        "--https-port",
                        "0",
                        "--mqtt-port",
                        "0",
                        "--broker",
                        TestBroker.kind().word());
                var threads = new BoardThreads(1);
                var older = board("older", threads);
                var newer = board("newer", threads)) {
            var ready = JSON.readTree(up.line(PATIENCE));
            rest = new RestClient(
                    URI.create(ready.path("gateway").asText()),
                    ready.path("token").asText(),
                    Pem.readCertificates(Path.of(ready.path("ca").asText())).get(0));
            flash(older, "older");

            run("ca", "rollover", "--state", state());
            flash(newer, "newer");

            assertThat(issuer(newer)).isNotEqualTo(issuer(older));
            assertAnswers("newer");
            var before = device("older").path("bootId").asText();
            older.board().powerOff().join();
            older.board().powerOn().join();
            await().atMost(PATIENCE)
                    .until(() -> device("older").path("online").asBoolean()
                            && !device("older").path("bootId").asText().equals(before));
            assertAnswers("older");
            assertThat(device("older").path("certificates").path(0).has("revoked"))
                    .isFalse();
        }
    }
}
