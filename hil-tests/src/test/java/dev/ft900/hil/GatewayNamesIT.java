package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of several gateways on one database each has a name that no other has. */
@Tag("scale-suite")
class GatewayNamesIT {
    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir
    private static Path dir;

    private static TwoGateways two;

    @BeforeAll
    static void start() throws Exception {
        two = TwoGateways.start(dir);
    }

    @AfterAll
    static void stop() throws Exception {
        if (two != null) {
            two.close();
        }
    }

    @AfterEach
    void startWhatEnded() throws Exception {
        two.startWhatIsDown();
    }

    /** As after a pause that was longer than others wait for it: it must not fight for the name. */
    @Test
    void aGatewayWhosePlaceAnotherTookEndsAndSaysSo() throws Exception {
        var victim = two.b();
        try (var database = StateDatabase.openBriefly(two.stateA())) {
            database.jdbi()
                    .useHandle(handle -> handle.execute("update gateway_lease set run = 'another' where name = 'b'"));
        }

        assertThat(victim.exitCode()).isEqualTo(4);
        assertThat(victim.errors()).contains("only gateway of this name", "another one took its place");
        try (var database = StateDatabase.openBriefly(two.stateA())) {
            database.jdbi().useHandle(handle -> handle.execute("delete from gateway_lease where run = 'another'"));
        }
    }

    @Test
    void twoGatewaysOfOneNameAreRefused() throws Exception {
        try (var second = ToolkitProcess.ft900(
                dir,
                "gateway",
                "run",
                "--json",
                "--https-port",
                "0",
                "--mqtt-port",
                "0",
                "--name",
                "b",
                "--broker-kit",
                two.kit().toString(),
                "--state",
                copyOf(two.stateB()).toString())) {
            assertThat(second.exitCode(LONG)).isNotZero();
            assertThat(second.errors()).contains("only gateway called b");
        }
        assertThat(two.b().rest().get("/api/v1/devices").status()).isEqualTo(200);
    }

    private static Path copyOf(StateFolder state) throws IOException {
        var copy = dir.resolve("copy");
        try (var files = Files.walk(state.path())) {
            for (var file : (Iterable<Path>) files::iterator) {
                Files.copy(file, copy.resolve(state.path().relativize(file)));
            }
        }
        return copy;
    }
}
