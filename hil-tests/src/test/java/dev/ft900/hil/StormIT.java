package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ft900.gateway.broker.BrokerKind;
import dev.ft900.hil.SharedChain.Bench;
import dev.ft900.protocol.name.BoardId;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A thousand boards come at once, when the broker was gone or all were reset. */
@Tag("broker-suite")
@ExtendWith(SharedChain.class)
class StormIT {
    private static final int BOARDS = 1_000;
    private static final Duration ALL = Duration.ofSeconds(240);

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
            await().atMost(ALL).until(() -> fleet.connected() == BOARDS && online(bench) == BOARDS);
            say("first", start);

            long again = System.nanoTime();
            if (TestBroker.kind() == BrokerKind.EMBEDDED) {
                fleet.resetAll();
            } else {
                bench.killBroker();
                await().atMost(ALL).until(() -> fleet.connected() == 0);
            }
            await().atMost(ALL).until(() -> fleet.connected() == BOARDS && online(bench) == BOARDS);
            say("storm", again);

            assertThat(bench.rest().get("/api/v1/devices/storm999/status").status())
                    .isEqualTo(200);
        } finally {
            for (int i = 0; i < BOARDS; i++) {
                gateway.enrolment().remove(new BoardId("storm" + i));
            }
        }
    }

    private static void say(String what, long since) {
        TestBroker.say(
                "%s of %d boards: all connected and online after %d ms",
                what, BOARDS, Duration.ofNanos(System.nanoTime() - since).toMillis());
    }

    private static int online(Bench bench) throws IOException {
        int online = 0;
        for (int i = 0; i < BOARDS; i++) {
            if (bench.chain().gateway().isOnline(new BoardId("storm" + i))) {
                online++;
            }
        }
        return online;
    }
}
