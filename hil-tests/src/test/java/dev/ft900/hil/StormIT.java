package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ft900.agent.fleet.Fleet;
import dev.ft900.gateway.broker.BrokerKind;
import dev.ft900.hil.SharedChain.Bench;
import dev.ft900.protocol.name.BoardId;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A thousand boards come at once, when the broker was gone or all were reset. */
@Tag("broker-suite")
@ExtendWith(SharedChain.class)
class StormIT {
    private static final int BOARDS = 1_000;
    private static final Duration ALL = Duration.ofMinutes(6);

    @Test
    void aThousandBoardsAreBackAndKnownToBe(Bench bench) throws Exception {
        var gateway = bench.chain().gateway();
        try (var fleet = TestFleet.register(
                gateway.enrolment(),
                gateway.authority().root(),
                gateway.endpoints().broker(),
                "storm",
                BOARDS)) {
            long start = System.nanoTime();
            fleet.powerOn();
            await().atMost(ALL).untilAsserted(() -> assertAllBack(fleet, bench));
            say("first", start, fleet.failures());

            int failuresBefore = fleet.failures();
            long again = System.nanoTime();
            if (TestBroker.kind() == BrokerKind.EMBEDDED) {
                fleet.resetAll();
            } else {
                bench.killBroker();
                await().atMost(ALL).until(() -> fleet.connected() == 0);
            }
            await().atMost(ALL).untilAsserted(() -> assertAllBack(fleet, bench));
            say("storm", again, fleet.failures() - failuresBefore);

            assertThat(bench.rest().get("/api/v1/devices/storm999/status").status())
                    .isEqualTo(200);
        } finally {
            for (int i = 0; i < BOARDS; i++) {
                gateway.enrolment().remove(new BoardId("storm" + i));
            }
        }
    }

    private static void say(String what, long since, int failures) {
        TestBroker.say(
                "%s of %d boards: all connected and online after %d ms, %d tries failed",
                what, BOARDS, Duration.ofNanos(System.nanoTime() - since).toMillis(), failures);
    }

    private static void assertAllBack(Fleet fleet, Bench bench) {
        var offline = IntStream.range(0, BOARDS)
                .mapToObj(i -> new BoardId("storm" + i))
                .filter(id -> !bench.chain().gateway().isOnline(id))
                .toList();
        assertThat(offline)
                .as(
                        "boards the gateway holds offline; %d are connected, %d tries failed",
                        fleet.connected(), fleet.failures())
                .isEmpty();
        assertThat(fleet.connected()).isEqualTo(BOARDS);
    }
}
