package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ft900.hil.SharedChain.Bench;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The broker is killed in the middle of commands and comes back. */
@Tag("outside-broker")
@ExtendWith(SharedChain.class)
class BrokerLossIT {
    private static final String DEVICE = "/api/v1/devices/board2";
    private static final Duration BACK = Duration.ofSeconds(90);
    private static final List<String> BOARDS = List.of("board1", "board2", "board3");
    private static final int CALLERS = 8;
    private static final int QUEUED = 5;
    private static final Pad QUEUED_PAD = new Pad(16);
    private static final Pad PAD = new Pad(14);

    @RepeatedTest(3)
    void everyCommandIsToldTheTruthAndEverythingComesBack(Bench bench) throws Exception {
        TestClients.requireOnline(bench, "board2");
        var stop = new AtomicBoolean();
        var answers = new ConcurrentHashMap<Integer, AtomicInteger>();
        var callers = Executors.newFixedThreadPool(CALLERS + 1);
        try {
            for (int i = 0; i < CALLERS; i++) {
                callers.submit(reading(bench, stop, answers));
            }
            var writer = callers.submit(writing(bench, stop, answers));
            await().until(() -> count(answers, 200) > 50);

            bench.killBroker();

            await().atMost(BACK).until(() -> count(answers, 503) + count(answers, 504) > 0);
            for (var board : BOARDS) {
                await().atMost(BACK).until(() -> isOnline(bench, board));
            }
            int before = count(answers, 200);
            await().atMost(BACK).until(() -> count(answers, 200) > before + 50);
            stop.set(true);
            var last = writer.get();
            assertThat(answers.keySet()).as(answers.toString()).isSubsetOf(200, 503, 504);
            assertThat(bench.dut("board2").pins().level(PAD)).isEqualTo(last);
            TestBroker.say("killed in the middle of commands: answers %s", answers);
        } finally {
            stop.set(true);
            callers.shutdown();
        }
    }

    /** A board that leaves while the broker is away cannot say so, and its last will is lost with the broker. */
    @Test
    void whatIsQueuedWhileTheBrokerIsAwayIsDoneWhenTheBoardThatLeftMeanwhileIsBack(Bench bench) throws Exception {
        var board = bench.dut("board2");
        TestClients.requireOnline(bench, "board2");
        try {
            bench.killBroker();
            board.power().off();
            // What is taken before the gateway notices is sent to nobody, and honestly fails.
            await().atMost(BACK).until(() -> !isOnline(bench, "board2"));
            var places = new ArrayList<String>();
            for (int i = 0; i < QUEUED; i++) {
                var kept = bench.rest()
                        .put(
                                DEVICE + "/gpio/" + QUEUED_PAD + "?queue=600s",
                                "{\"direction\":\"out\",\"value\":" + (i + 1) % 2 + "}");
                assertThat(kept.status()).as(kept.body().toString()).isEqualTo(202);
                places.add(DEVICE + "/queue/" + kept.body().path("id").asText());
            }

            await().atMost(BACK).until(() -> bench.rest().get("/readyz").status() == 200);
            await().atMost(BACK).until(() -> isOnline(bench, "board1"));
            await().atMost(BACK).until(() -> !isOnline(bench, "board2"));
            assertThat(bench.rest().get(DEVICE + "/gpio/12").problem()).isIn("board-offline", "no-answer");
            assertThat(places).allMatch(place -> state(bench, place).equals("queued"));

            // And once more, with commands that wait for the board.
            bench.killBroker();
            board.power().on();
            for (var place : places) {
                await().atMost(BACK).until(() -> state(bench, place).equals("done"));
            }
            assertThat(board.pins().level(QUEUED_PAD)).isEqualTo(Level.HIGH);
        } finally {
            board.power().on();
            await().atMost(BACK).until(() -> isOnline(bench, "board2"));
        }
    }

    private static String state(Bench bench, String place) {
        try {
            return bench.rest().get(place).body().path("state").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int count(Map<Integer, AtomicInteger> answers, int status) {
        var count = answers.get(status);
        return count == null ? 0 : count.get();
    }

    private static boolean isOnline(Bench bench, String board) throws IOException {
        return bench.rest()
                .get("/api/v1/devices/" + board)
                .body()
                .path("online")
                .asBoolean();
    }

    private static Callable<Void> reading(Bench bench, AtomicBoolean stop, Map<Integer, AtomicInteger> answers) {
        return () -> {
            while (!stop.get()) {
                note(answers, bench.rest().get(DEVICE + "/gpio/12").status());
            }
            return null;
        };
    }

    /** Switches the pad to and fro. @return the level that was acknowledged last, with which it ends */
    private static Callable<Level> writing(Bench bench, AtomicBoolean stop, Map<Integer, AtomicInteger> answers) {
        return () -> {
            var acknowledged = Level.LOW;
            for (int i = 0; !stop.get() || i % 2 == 1; i++) {
                var answer =
                        bench.rest().put(DEVICE + "/gpio/" + PAD, "{\"direction\":\"out\",\"value\":" + (i % 2) + "}");
                note(answers, answer.status());
                if (answer.status() == 200) {
                    acknowledged = i % 2 == 0 ? Level.LOW : Level.HIGH;
                    assertThat(bench.dut("board2").pins().level(PAD)).isEqualTo(acknowledged);
                }
            }
            return acknowledged;
        };
    }

    private static void note(Map<Integer, AtomicInteger> answers, int status) {
        answers.computeIfAbsent(status, key -> new AtomicInteger()).incrementAndGet();
    }
}
