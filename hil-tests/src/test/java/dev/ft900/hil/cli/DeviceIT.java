package dev.ft900.hil.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.gateway.access.Role;
import dev.ft900.gateway.access.TokenStore;
import dev.ft900.hil.SharedChain;
import dev.ft900.hil.SharedChain.Bench;
import dev.ft900.hil.TestPorts;
import dev.ft900.hil.bench.Dut;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./ft900 device}: what a shell types, what the board then does, and what the shell is told. */
@ExtendWith(SharedChain.class)
class DeviceIT {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder;

    private Bench bench;
    private Dut dut;

    @BeforeEach
    void takeBoard(Bench bench) {
        this.bench = bench;
        dut = bench.dut("board2");
        await().until(() ->
                bench.rest().get("/api/v1/devices/board2").body().path("online").asBoolean());
    }

    private record Ended(int code, String out, String err) {
        JsonNode json() throws Exception {
            return JSON.readTree(out);
        }
    }

    private Ended run(String... words) {
        var all = new ArrayList<>(List.of("device"));
        all.addAll(Arrays.asList(words));
        all.addAll(List.of("--state", bench.state().path().toString()));
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Ft900.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
        return new Ended(code, out.toString(), err.toString());
    }

    /** A file with a token of this role. */
    private String token(Role role) throws Exception {
        try (var database = StateDatabase.open(bench.state())) {
            var token = new TokenStore(database, Clock.systemUTC()).create("shell-" + role.word(), role);
            return Files.writeString(folder.resolve(role.word()), token).toString();
        }
    }

    @Test
    void aListShowsWhoIsThereAsATableOrAsJson() throws Exception {
        var table = run("list");
        var json = run("list", "--json");

        assertThat(table.code()).isZero();
        assertThat(table.out())
                .startsWith("ID")
                .containsPattern("board2 +online +\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}(\\.\\d{3})?Z ");
        assertThat(json.json().path("devices").findValuesAsText("id")).contains("board1", "board2", "board3");
        assertThat(json.err()).isEmpty();
    }

    @Test
    void aPadIsDrivenAndReadAsTheBoardHasIt() throws Exception {
        var high = run("gpio", "board2", "12", "high", "--direction", "out");

        assertThat(high.code()).as(high.err()).isZero();
        assertThat(high.out()).containsPattern("12 +out +high");
        assertThat(dut.pins().level(new Pad(12))).isEqualTo(Level.HIGH);

        assertThat(run("gpio", "board2", "12", "0").code()).isZero();

        assertThat(dut.pins().level(new Pad(12))).isEqualTo(Level.LOW);
        assertThat(run("gpio", "board2", "12", "--json").json().path("value").asInt())
                .isZero();
        assertThat(run("gpio", "board2", "--json").json().path("pads")).hasSize(Pad.COUNT);
    }

    @Test
    void everyKindOfFailureHasItsExitCode() throws Exception {
        assertThat(run("gpio", "board2", "48", "high", "--direction", "out").code())
                .isEqualTo(13);
        assertThat(run("status", "no-such-board").code()).isEqualTo(12);
        assertThat(run("status", "Not a name").code()).isEqualTo(2);
        assertThat(run("gpio", "board2", "67").code()).isEqualTo(2);
        assertThat(run("gpio", "board2", "12", "--pull", "sideways").code()).isEqualTo(3);
        assertThat(run("reset", "board2", "--token-file", token(Role.VIEWER)).code())
                .isEqualTo(11);
        var stranger = Files.writeString(folder.resolve("stranger"), "ft900_of-nobody");
        assertThat(run("list", "--token-file", stranger.toString()).code()).isEqualTo(10);
    }

    @Test
    void aRefusalIsToldToMachinesWithTheGatewaysOwnProblem() throws Exception {
        var refused = run("status", "no-such-board", "--json");

        var error = refused.json().path("error");
        assertThat(error.path("exitCode").asInt()).isEqualTo(12);
        assertThat(error.path("problem").path("type").asText()).isEqualTo("urn:ft900:problem:unknown-device");
        assertThat(refused.err()).contains("no-such-board");
    }

    @Test
    void aBoardThatIsNotThereIsToldFromOneThatDidNotAnswer() throws Exception {
        var never = new BoardId("never-there");
        bench.chain()
                .gateway()
                .enrolment()
                .register(never, KeyKind.P256.generate().getPublic(), Optional.empty(), Optional.empty());
        await().until(() ->
                bench.rest().get("/api/v1/devices/never-there/status").status() == 503);

        assertThat(run("status", "never-there").code()).isEqualTo(15);

        var kept = run("gpio", "never-there", "3", "high", "--queue", "60s");
        assertThat(kept.code()).as(kept.err()).isZero();
        assertThat(kept.out()).startsWith("queued as ");

        var asked = run("rm", "never-there");
        assertThat(asked.code()).isEqualTo(2);
        assertThat(asked.err()).contains("--yes", "revoke every certificate of never-there");
        assertThat(run("show", "never-there").code()).isZero();

        assertThat(run("rm", "never-there", "--yes").code()).isZero();
        assertThat(run("show", "never-there").code()).isEqualTo(12);
    }

    @Test
    void aBoardWhoseAnswerNeverComesIsExitCodeFive() {
        dut.power().off();
        try {
            // Nobody has noticed yet that it is gone: the command is sent.
            assertThat(run("status", "board2").code()).isEqualTo(5);
        } finally {
            dut.power().on();
        }
    }

    @Test
    void aGatewayThatCannotBeReachedOrTrustedIsAMatterOfThisMachine() throws Exception {
        var gone = run("list", "--gateway", "https://localhost:" + TestPorts.free());
        assertThat(gone.code()).isEqualTo(4);
        assertThat(gone.err()).contains("./ft900 up");

        var address = bench.chain().gateway().endpoints().gateway().toString();
        var token = bench.state().token().toString();
        var elsewhere = folder.resolve("empty").toString();
        var out = new PrintWriter(new StringWriter());
        var err = new StringWriter();
        int code = Ft900.commandLine()
                .setOut(out)
                .setErr(new PrintWriter(err))
                .execute("device", "list", "--state", elsewhere, "--gateway", address, "--token-file", token);
        assertThat(code).isEqualTo(4);
        assertThat(err.toString()).contains("--ca");

        assertThat(run("list", "--gateway", "http://localhost:1").code()).isEqualTo(2);
    }

    @Test
    void theClockIsSetAndReadAgain() throws Exception {
        assertThat(run("rtc", "board2", "--set", "2026-11-22T19:03:00Z").code()).isZero();

        var read = run("rtc", "board2", "--json");

        assertThat(Instant.parse(read.json().path("time").asText()))
                .isBetween(Instant.parse("2026-11-22T19:03:00Z"), Instant.parse("2026-11-22T19:13:00Z"));
        assertThat(run("rtc", "board2").out()).contains("from the gateway's clock");
    }

    @Test
    void aResetWaitsUntilTheBoardIsBack() throws Exception {
        var before = run("status", "board2", "--json").json();

        var reset = run("reset", "board2", "--json");

        assertThat(reset.code()).as(reset.err()).isZero();
        assertThat(reset.json().path("cause").asText()).isEqualTo("command");
        assertThat(run("status", "board2", "--json")
                        .json()
                        .path("uptimeSeconds")
                        .asLong())
                .isLessThanOrEqualTo(before.path("uptimeSeconds").asLong() + 60);
        assertThat(run("network", "board2").out()).contains("mac");
        assertThat(run("uart", "board2", "hello").out()).contains("5 bytes");
        assertThat(run("commands", "board2").out()).contains("uart", "reset");
    }

    @Test
    void aBoardIsRenewedAndBackWithItsNewCertificate() throws Exception {
        var renewed = run("renew", "board2", "--json");

        assertThat(renewed.code()).as(renewed.err()).isZero();
        var certificates = run("show", "board2", "--json").json().path("certificates");
        assertThat(certificates.findValuesAsText("serial"))
                .contains(renewed.json().path("serial").asText());
        assertThat(certificates).hasSizeGreaterThan(1);
        assertThat(run("show", "board2").out()).contains("online").contains("superseded");
    }

    @Test
    void eventsAreFollowedUntilThereAreEnough() throws Exception {
        assertThat(run("gpio", "board2", "21", "--direction", "in", "--edge", "both")
                        .code())
                .isZero();
        var following = CompletableFuture.supplyAsync(() -> run("events", "board2", "--count", "1", "--json"));
        try {
            // Nobody can tell when the listener listens: the pad moves until it has heard.
            await().pollInterval(50, TimeUnit.MILLISECONDS).until(() -> {
                dut.pins().drive(new Pad(21), Level.HIGH);
                dut.pins().drive(new Pad(21), Level.LOW);
                return following.isDone();
            });
        } finally {
            dut.pins().release(new Pad(21));
        }

        var ended = following.join();
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.json().path("event").asText()).isEqualTo("edge");
        assertThat(ended.json().path("pin").asInt()).isEqualTo(21);
        assertThat(ended.json().path("id").asText()).isNotEmpty();
    }

    @Test
    void aBoardIsRegisteredIntoFilesAndItsKeyIsForItsOwnerOnly() throws Exception {
        var out = folder.resolve("board");

        var registered = run("register", "by-shell", "--out", out.toString(), "--json");

        assertThat(registered.code()).as(registered.err()).isZero();
        assertThat(registered.out()).doesNotContain("PRIVATE KEY");
        assertThat(out.resolve("cert.pem")).content().contains("BEGIN CERTIFICATE");
        assertThat(out.resolve("key.pem")).content().contains("PRIVATE KEY");
        assertThat(Files.getPosixFilePermissions(out.resolve("key.pem"))).hasSize(2);
        assertThat(run("register", "by-shell-2", "--out", out.toString()).code())
                .isEqualTo(4);
        assertThat(run("register", "by-shell", "--out", folder.resolve("other").toString())
                        .code())
                .isEqualTo(13);
        assertThat(run("rm", "by-shell", "--yes").code()).isZero();
    }
}
