package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ft900.agent.fleet.FleetFile;
import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.Endpoints;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.hil.cli.Ft900;
import dev.ft900.hil.measure.FleetIdentities;
import dev.ft900.hil.measure.FleetSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway is killed and started again while a thousand boards are connected to its broker. */
@Tag("slow")
class FleetRestartIT {
    private static final int BOARDS = 1_000;
    private static final Duration ALL = Duration.ofSeconds(300);

    /** That they all come back; how fast is measured, for machines whose speed is known. */
    private static final int MOST_SECONDS = Integer.getInteger("ft900.restart.seconds", 60);

    @TempDir
    Path dir;

    @Test
    void aThousandBoardsAreKnownToBeOnlineSoonAfterTheGatewayIsBack() throws Exception {
        var state = new StateFolder(dir.resolve("state"));
        var records = dir.resolve("fleet");
        try (var first = GatewayProcess.start(dir, state)) {
            register(state, records);
            try (var fleet = new FleetSimulator(Ft900.class.getName(), records, 100)) {
                fleet.awaitConnected(BOARDS, ALL);
                await().atMost(ALL).until(() -> online(first) == BOARDS);
                first.kill();

                long start = System.nanoTime();
                try (var second = GatewayProcess.start(dir, state)) {
                    double ready = seconds(start);
                    await().atMost(ALL).pollInterval(Duration.ofMillis(200)).until(() -> online(second) == BOARDS);
                    double all = seconds(start);
                    System.out.printf(
                            "measured: %d boards known online %.1f s after the start of a gateway that was killed"
                                    + " (it served after %.1f s)%n",
                            BOARDS, all, ready);
                    assertThat(all).isLessThan(MOST_SECONDS);
                    assertThat(second.rest()
                                    .get("/api/v1/devices/back999/status")
                                    .status())
                            .isEqualTo(200);
                }
            }
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static void register(StateFolder state, Path records) throws Exception {
        try (var database = StateDatabase.open(state)) {
            var authority = new AuthorityFolder(state, database, Clock.systemUTC()).openOrCreate();
            var enrolment = new Enrolment(database, authority, Clock.systemUTC());
            var broker = Endpoints.load(state).orElseThrow().broker();
            FleetFile.write(records, new FleetIdentities(enrolment, authority.root(), broker).register("back", BOARDS));
        }
    }

    private static int online(GatewayProcess gateway) throws IOException {
        int online = 0;
        for (var device : gateway.rest().get("/api/v1/devices").body().path("devices")) {
            online += device.path("online").asBoolean() ? 1 : 0;
        }
        return online;
    }
}
