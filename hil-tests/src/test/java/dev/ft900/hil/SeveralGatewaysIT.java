package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ft900.ca.store.StateDatabase;
import dev.ft900.gateway.store.GatewayLease;
import dev.ft900.hil.rest.EventListener;
import dev.ft900.hil.rest.RestClient;
import dev.ft900.protocol.pad.Pad;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two gateways, each a process of its own, on one PostgreSQL and one RabbitMQ; either is killed. */
@Tag("scale-suite")
class SeveralGatewaysIT {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int COMMANDS = 30;
    private static final String UNANSWERED = "{\"text\":\"unanswered\"}";
    /** Among the kinds of events: the stream's end. */
    private static final String BROKEN = "(broken)";

    private static final Set<String> ENDED = Set.of("done", "failed", "expired");

    @TempDir
    private static Path dir;

    private static final AtomicInteger BOARDS = new AtomicInteger();

    private static TwoGateways two;

    private String name;

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

    @BeforeEach
    void nameABoard() {
        name = "board" + BOARDS.incrementAndGet();
    }

    @AfterEach
    void startWhatWasKilled() throws Exception {
        two.startWhatIsDown();
    }

    private String device() {
        return "/api/v1/devices/" + name;
    }

    private static String brokerUri() {
        return two.broker().uri();
    }

    private void awaitOnline(RestClient rest) {
        await().atMost(LONG)
                .until(() -> rest.get(device()).body().path("online").asBoolean());
    }

    /** Each gateway looks twice a second who was registered by others. */
    private void awaitKnown() {
        for (var gateway : List.of(two.a(), two.b())) {
            await().atMost(LONG)
                    .until(() -> gateway.rest().get(device() + "/commands").status() == 200);
        }
    }

    private String queue(RestClient rest, String text) throws IOException {
        var kept = rest.post(device() + "/uart?queue=600s", "{\"text\":\"" + text + "\"}");
        assertThat(kept.status()).as(kept.body().toString()).isEqualTo(202);
        return device() + "/queue/" + kept.body().path("id").asText();
    }

    private static String state(RestClient rest, String place) throws IOException {
        return rest.get(place).body().path("state").asText();
    }

    private static void assertOnceEach(PlayedBoard board, int count) {
        assertThat(board.written())
                .hasSize(count)
                .allSatisfy((text, times) -> assertThat(times).as(text).hasValue(1));
    }

    @Test
    void boardsTokensAndPresenceAreKnownToBoth() throws Exception {
        try (var board = PlayedBoard.register(two.stateA(), name, "")) {
            board.connect(brokerUri());
            awaitOnline(two.a().rest());
            awaitOnline(two.b().rest());

            var made = two.a().rest().post("/api/v1/tokens", "{\"name\":\"ci\",\"role\":\"operator\"}");
            assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
            var here = two.a().rest().with(made.body().path("token").asText());
            var there = two.b().rest().with(made.body().path("token").asText());
            assertThat(there.post(device() + "/uart", "{\"text\":\"hello\"}").status())
                    .isEqualTo(200);
            var write = "{\"direction\":\"out\",\"value\":1}";
            var once = here.withHeader("Idempotency-Key", name).put(device() + "/desired/7", write);
            var again = there.withHeader("Idempotency-Key", name).put(device() + "/desired/7", write);
            assertThat(again.body()).isEqualTo(once.body());
            assertThat(once.headers().firstValue("Idempotent-Replayed")).isEmpty();
            assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
            await().atMost(Duration.ofSeconds(30)).until(() -> two.b()
                    .rest()
                    .get("/api/v1/audit")
                    .body()
                    .toString()
                    .contains(device() + "/desired/7"));

            assertThat(two.a()
                            .rest()
                            .delete("/api/v1/tokens/" + made.body().path("id").asText())
                            .status())
                    .isEqualTo(204);
            await().until(() -> there.get(device()).status() == 401);
        }
    }

    @Test
    void whatIsQueuedThroughEitherIsSentOnceAndInOrder() throws Exception {
        try (var board = PlayedBoard.register(two.stateA(), name, "")) {
            awaitKnown();
            var places = new ArrayList<String>();
            for (int i = 0; i < COMMANDS; i++) {
                places.add(queue(i % 2 == 0 ? two.a().rest() : two.b().rest(), "text" + i));
            }

            board.connect(brokerUri());

            for (var place : places) {
                await().atMost(LONG).until(() -> state(two.a().rest(), place).equals("done"));
                assertThat(state(two.b().rest(), place)).isEqualTo("done");
            }
            assertOnceEach(board, COMMANDS);
            assertThat(board.order())
                    .containsExactlyElementsOf(places.stream()
                            .map(place -> "text" + places.indexOf(place))
                            .toList());
        }
    }

    @Test
    void listenersOfBothHearTheSame() throws Exception {
        try (var board = PlayedBoard.register(two.stateA(), name, "")) {
            awaitKnown();
            try (var atA = two.a().rest().listen(device() + "/events", Optional.empty());
                    var atB = two.b().rest().listen(device() + "/events", Optional.empty())) {
                var heardAtA = collect(atA);
                var heardAtB = collect(atB);
                board.connect(brokerUri());
                awaitOnline(two.a().rest());
                awaitOnline(two.b().rest());

                long start = System.nanoTime();
                assertThat(two.a()
                                .rest()
                                .post(device() + "/uart", "{\"text\":\"one\"}")
                                .status())
                        .isEqualTo(200);
                await().atMost(LONG).until(() -> heardAtB.contains("command"));
                say(
                        "a command through one gateway is told by the other after %.0f ms",
                        (System.nanoTime() - start) / 1e6);
                assertThat(two.b()
                                .rest()
                                .post(device() + "/uart", "{\"text\":\"two\"}")
                                .status())
                        .isEqualTo(200);
                board.rise(new Pad(3));

                for (var heard : List.of(heardAtA, heardAtB)) {
                    await().atMost(LONG).untilAsserted(() -> assertThat(heard)
                            .containsExactlyInAnyOrder("online", "command", "command", "edge"));
                }
                assertThat(two.b().rest().get(device() + "/commands").body().toString())
                        .contains("\"one\"", "\"two\"");
            }
        }
    }

    private static List<String> collect(EventListener listener) {
        assertThat(listener.status()).isEqualTo(200);
        var kinds = new CopyOnWriteArrayList<String>();
        var reader = new Thread(() -> {
            try {
                for (var event = listener.next(); event.isPresent(); event = listener.next()) {
                    kinds.add(event.get().kind());
                }
                kinds.add(BROKEN);
            } catch (IOException e) {
                // Closed by the test, or its gateway is gone.
                kinds.add(BROKEN);
            }
        });
        reader.setDaemon(true);
        reader.start();
        return kinds;
    }

    /** One of the two. */
    enum Victim {
        A,
        B;

        GatewayProcess process() {
            return this == A ? two.a() : two.b();
        }

        GatewayProcess other() {
            return this == A ? two.b() : two.a();
        }
    }

    /** Each way: with commands that it queued, a stream of events that it serves, and a call to it that a silent board does not answer. */
    @ParameterizedTest
    @EnumSource
    void whatOneQueuedIsSentByTheOtherWhenItWasKilled(Victim victim) throws Exception {
        var calls = Executors.newSingleThreadExecutor();
        try (var board = PlayedBoard.register(two.stateA(), name, "");
                var silent = PlayedBoard.register(two.stateA(), name + "s", "unanswered")) {
            awaitKnown();
            silent.connect(brokerUri());
            var places = new ArrayList<String>();
            for (int i = 0; i < COMMANDS; i++) {
                places.add(queue(victim.process().rest(), "text" + i));
            }
            try (var events = victim.process().rest().listen("/api/v1/events", Optional.empty())) {
                var heard = collect(events);
                var direct = calls.submit(() -> victim.process()
                        .rest()
                        .post(
                                "/api/v1/devices/" + name + "s/uart?responseTimeout=60000&connectTimeout=60000",
                                UNANSWERED));
                silent.awaitWritten("unanswered");

                victim.process().kill();
                assertThatThrownBy(() -> direct.get(LONG.toSeconds(), TimeUnit.SECONDS))
                        .as("a call whose gateway is gone is no answer")
                        .hasCauseInstanceOf(IOException.class);
                await().atMost(LONG).until(() -> heard.contains(BROKEN));
            }
            try (var events = victim.other().rest().listen("/api/v1/events", Optional.of("00000000-5"))) {
                var heard = collect(events);
                await().atMost(LONG).until(() -> heard.contains("gap"));
            }
            board.connect(brokerUri());

            for (var place : places) {
                await().atMost(LONG)
                        .until(() -> state(victim.other().rest(), place).equals("done"));
            }
            assertOnceEach(board, COMMANDS);
            assertThat(silent.written().get("unanswered")).hasValue(1);
            assertThat(victim.other()
                            .rest()
                            .post(device() + "/uart", "{\"text\":\"direct\"}")
                            .status())
                    .isEqualTo(200);
        } finally {
            calls.shutdownNow();
        }
    }

    @Test
    void whatAKilledGatewayHadSentIsNeverSentAgainAndTheRestGoesOn() throws Exception {
        // Opened before: what was sent is on its way for seconds only.
        try (var database = StateDatabase.openBriefly(two.stateA());
                var board = PlayedBoard.register(two.stateA(), name, "last words")) {
            awaitKnown();
            var unknown = queue(two.a().rest(), "last words");
            var next = queue(two.b().rest(), "next");
            board.connect(brokerUri());
            board.awaitWritten("last words");
            var owner = await().atMost(LONG)
                    .until(() -> ownerOfWhatIsOnItsWay(database), Optional::isPresent)
                    .orElseThrow();
            var left = owner.equals("a") ? two.b() : two.a();

            long start = System.nanoTime();
            (owner.equals("a") ? two.a() : two.b()).kill();

            await().atMost(LONG).until(() -> state(left.rest(), unknown).equals("failed"));
            say(
                    "what a killed gateway had under way is known to be lost after %.1f s",
                    (System.nanoTime() - start) / 1e9);
            assertThat(left.rest().get(unknown).body().path("outcome").asText()).isEqualTo("no-answer");
            await().atMost(LONG).until(() -> state(left.rest(), next).equals("done"));
            assertOnceEach(board, 2);
        }
    }

    /** What was under way is told as it was, the rest waits; and the leases that ended meanwhile say nothing about the gateways. */
    @ParameterizedTest
    @EnumSource
    void aDatabaseThatStopsInTheMiddleLosesNoCommandAndRepeatsNone(TestPostgres.Stop how) throws Exception {
        try (var board = PlayedBoard.register(two.stateA(), name, "unanswered")) {
            awaitKnown();
            var runs = runs();
            var places = new ArrayList<String>();
            for (int i = 0; i < COMMANDS; i++) {
                var text = i == COMMANDS / 2 ? "unanswered" : "text" + i;
                places.add(queue(i % 2 == 0 ? two.a().rest() : two.b().rest(), text));
            }
            board.connect(brokerUri());
            board.awaitWritten("unanswered");

            two.postgres().stop(how);
            long start = System.nanoTime();
            // Longer than a good token is remembered.
            awaitSince(start, Duration.ofSeconds(2));
            for (var gateway : List.of(two.a(), two.b())) {
                var refused = gateway.rest().post(device() + "/uart", "{\"text\":\"refused\"}");
                assertThat(refused.status()).as(refused.body().toString()).isEqualTo(503);
                assertThat(refused.body().path("step").asText()).isEqualTo("store");
            }
            assertThat(two.a().rest().get("/readyz").status()).isEqualTo(503);
            assertThat(two.b().rest().get("/readyz").status()).isEqualTo(503);
            // Longer than the leases.
            awaitSince(start, GatewayLease.VALID.plusSeconds(2));
            two.postgres().startAgain();

            start = System.nanoTime();
            for (var gateway : List.of(two.a(), two.b())) {
                await().atMost(LONG).until(() -> gateway.rest().get("/readyz").status() == 200);
            }
            say("ready again %.1f s after the database", (System.nanoTime() - start) / 1e9);
            for (var place : places) {
                var expected = places.indexOf(place) == COMMANDS / 2 ? "failed" : "done";
                await().atMost(LONG).until(() -> ENDED.contains(state(two.a().rest(), place)));
                assertThat(state(two.b().rest(), place)).as(place).isEqualTo(expected);
            }
            assertOnceEach(board, COMMANDS);
            assertThat(runs()).isEqualTo(runs);
            await().atMost(LONG).untilAsserted(() -> assertThat(
                            two.a().rest().get("/api/v1/audit").body().findValuesAsText("status"))
                    .contains("503"));
        }
    }

    private static void awaitSince(long start, Duration time) {
        await().atMost(LONG).until(() -> System.nanoTime() - start > time.toNanos());
    }

    /** The starts of the gateways that have a lease. */
    private static List<String> runs() throws IOException {
        try (var database = StateDatabase.openBriefly(two.stateA())) {
            return database.jdbi().withHandle(handle -> handle.createQuery(
                            "select name || ' ' || run from gateway_lease order by name")
                    .mapTo(String.class)
                    .list());
        }
    }

    private static Optional<String> ownerOfWhatIsOnItsWay(StateDatabase database) {
        return database.jdbi().withHandle(handle -> handle.createQuery("select l.name from queued_command q"
                        + " join gateway_lease l on l.run = q.owner where q.state = 'sent'")
                .mapTo(String.class)
                .findOne());
    }

    @Test
    void aBoardThatOneShutsOutIsCutAndRefusedThroughTheOtherWithinTwoSeconds() throws Exception {
        try (var board = PlayedBoard.register(two.stateA(), name, "")) {
            board.connect(two.broker().uri());
            awaitOnline(two.a().rest());
            awaitOnline(two.b().rest());

            long start = System.nanoTime();
            assertThat(two.a().rest().delete(device()).status()).isEqualTo(204);
            await().atMost(LONG).pollInterval(POLL).until(() -> !board.isConnected());
            double cut = (System.nanoTime() - start) / 1e9;
            await().atMost(LONG)
                    .pollInterval(POLL)
                    .until(() -> two.b().rest().get(device()).status() == 404);
            double known = (System.nanoTime() - start) / 1e9;
            say("removed through one gateway: session cut after %.2f s, unknown to the other after %.2f s", cut, known);

            assertThat(board.isRefused(two.broker().uri())).isTrue();
            assertThat(Math.max(cut, known)).isLessThan(2);
        }
    }

    private static void say(String format, Object... values) {
        System.out.println("measured on two gateways: " + String.format(Locale.ROOT, format, values));
    }
}
