package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ft900.agent.app.RunningBoard;
import dev.ft900.ca.store.StoredCertificate;
import dev.ft900.protocol.name.BoardId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code ./ft900 flash} and what looks at one board. Run by {@code .ci/flash-suite}. */
class FlashSuite extends StationSuite {
    private static final int SLOW = 4_800;

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
    void aPortThatIsInUseIsNamedAndTheBoardAtTheOtherIsTaken() throws IOException {
        var busy = board("busy").portName();
        var free = board("free");
        var among = busy + "," + free.portName();
        var trace = dir.resolve("among.trace");
        try (var console = ToolkitProcess.ft900(dir, "flash", "console", "--port", busy, "--for", "600")) {
            await().atMost(PATIENCE).until(() -> console.errors().contains("Console of"));

            var info = run(0, "flash", "info", "--json", "--among", among, "--trace", trace.toString());

            assertThat(info.path("port").asText()).isEqualTo(free.portName());
            assertThat(trace).content().contains(" > ").contains(" < ");
            free.close();
            boards.remove(free);
            var nobody = run(4, "flash", "info", "--json", "--among", busy);
            assertThat(nobody.at("/error/message").asText())
                    .contains(busy + ": ")
                    .contains("busy");
        }
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
            // What is being written is no draft yet.
            return files.filter(file -> !file.toString().endsWith(".new")).collect(Collectors.toSet());
        }
    }

    @Test
    void aStationThatWasKilledWhileItWroteGoesOnWithTheSameCertificate() throws IOException {
        // So slow that the slot is on the wire for seconds.
        var board = board("slow", SLOW, OptionalInt.empty());
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
}
