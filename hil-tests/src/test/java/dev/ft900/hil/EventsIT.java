package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ft900.hil.EventStreamClient.Heard;
import dev.ft900.hil.SharedChain.Bench;
import dev.ft900.hil.bench.Dut;
import dev.ft900.hil.rest.RestClient;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What happens to a board is heard by who listens, missed by nobody who comes back, and written down with the time of each hop. */
@ExtendWith(SharedChain.class)
class EventsIT {
    private static final String DEVICE = "/api/v1/devices/board3";

    private Bench bench;
    private Dut dut;
    private RestClient rest;

    @BeforeEach
    void takeBoard(Bench bench) throws IOException {
        this.bench = bench;
        dut = bench.dut("board3");
        rest = bench.rest();
        TestClients.requireOnline(bench, "board3");
    }

    private static Predicate<Heard> edge(int pin, int value) {
        return event -> event.kind().equals("edge")
                && event.data().path("pin").asInt() == pin
                && event.data().path("value").asInt() == value;
    }

    @Test
    void edgesResetsAndCommandsAreHeardAsTheyHappen() throws Exception {
        assertThat(rest.put(DEVICE + "/gpio/21", "{\"direction\":\"in\",\"edge\":\"both\"}")
                        .status())
                .isEqualTo(200);
        try (var all = EventStreamClient.open(bench, "/api/v1/events", Optional.empty());
                var one = EventStreamClient.open(bench, DEVICE + "/events", Optional.empty());
                var other = EventStreamClient.open(bench, "/api/v1/devices/board2/events", Optional.empty())) {
            dut.pins().drive(new Pad(21), Level.HIGH);
            dut.pins().drive(new Pad(21), Level.LOW);
            await().untilAsserted(() -> {
                assertThat(all.heard()).anyMatch(edge(21, 1)).anyMatch(edge(21, 0));
                assertThat(one.heard()).anyMatch(edge(21, 1)).anyMatch(edge(21, 0));
            });

            assertThat(rest.post(DEVICE + "/reset", "").status()).isEqualTo(200);

            await().untilAsserted(() ->
                    assertThat(one.heard()).extracting(Heard::kind).contains("command", "offline", "online"));
            assertThat(one.heard())
                    .filteredOn(event -> event.kind().equals("command"))
                    .last()
                    .satisfies(event -> {
                        assertThat(event.data()
                                        .path("command")
                                        .path("operation")
                                        .asText())
                                .isEqualTo("reset");
                        assertThat(event.data().path("command").path("outcome").asText())
                                .isEqualTo("done");
                    });
            assertThat(other.heard()).noneMatch(event -> event.kind().equals("edge"));
        } finally {
            dut.pins().release(new Pad(21));
        }
    }

    @Test
    void whoComesBackHearsWhatHappenedMeanwhileAndNothingTwice() throws Exception {
        String seen;
        try (var first = EventStreamClient.open(bench, DEVICE + "/events", Optional.empty())) {
            rest.put(DEVICE + "/gpio/22", "{\"direction\":\"out\",\"value\":1}");
            await().until(() -> !first.heard().isEmpty());
            seen = first.heard().get(first.heard().size() - 1).id();
        }
        rest.put(DEVICE + "/gpio/22", "{\"value\":0}");

        try (var again = EventStreamClient.open(bench, DEVICE + "/events", Optional.of(seen))) {
            rest.put(DEVICE + "/gpio/22", "{\"value\":1}");

            await().until(() -> again.heard().size() >= 2);
            assertThat(again.heard())
                    .extracting(event -> event.data()
                            .path("command")
                            .path("arguments")
                            .path("value")
                            .asInt())
                    .containsExactly(0, 1);
        }
    }

    @Test
    void whoComesBackTooLateIsToldThatThereIsAGap() throws Exception {
        try (var late = EventStreamClient.open(bench, DEVICE + "/events", Optional.of("00000000-5"))) {
            await().until(() -> !late.heard().isEmpty());

            assertThat(late.heard().get(0).kind()).isEqualTo("gap");
        }
    }

    @Test
    void aNonsensicalPlaceToGoOnFromIsRefused() throws Exception {
        try (var stream = EventStreamClient.open(bench, "/api/v1/events", Optional.of("yesterday"))) {
            assertThat(stream.status()).isEqualTo(422);
        }
    }

    @Test
    void aCommandSaysWhereItsTimeWentAndIsWrittenDown() throws IOException {
        var answer = rest.put(DEVICE + "/gpio/23", "{\"direction\":\"out\",\"value\":1}");

        var timing = answer.headers().firstValue("Server-Timing").orElse("");
        assertThat(timing).contains("queue;dur=", "board;dur=", "broker-back;dur=");
        var id = answer.headers().firstValue("X-Command-Id").orElseThrow();
        var written = rest.get(DEVICE + "/commands").body().path("commands").path(0);
        assertThat(written.path("id").asText()).isEqualTo(id);
        assertThat(written.path("caller").asText()).isEqualTo("developer");
        assertThat(written.path("operation").asText()).isEqualTo("gpio.set");
        assertThat(written.path("outcome").asText()).isEqualTo("done");
        assertThat(written.path("requestId").asText())
                .isEqualTo(answer.headers().firstValue("X-Request-Id").orElseThrow());
        assertThat(written.path("hops").path("boardMs").asDouble()).isPositive();
        assertThat(written.path("totalMs").asDouble()).isPositive();
    }

    @Test
    void manyPinsChangeInOneStepOrNotAtAll() throws IOException {
        var changed = rest.put(
                DEVICE + "/gpio",
                "{\"pins\":[{\"pin\":24,\"direction\":\"out\",\"value\":1},{\"pin\":25,\"pull\":\"up\"}]}");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body().path("pads")).hasSize(Pad.COUNT);
        assertThat(dut.pins().level(new Pad(24))).isEqualTo(Level.HIGH);
        assertThat(dut.pins().level(new Pad(25))).isEqualTo(Level.HIGH);

        var refused = rest.put(
                DEVICE + "/gpio",
                "{\"pins\":[{\"pin\":24,\"value\":0},{\"pin\":48,\"direction\":\"out\",\"value\":1}]}");

        assertThat(refused.problem()).isEqualTo("pad-reserved");
        assertThat(dut.pins().level(new Pad(24))).isEqualTo(Level.HIGH);
    }

    @Test
    void theGatewayTellsWhoCalls() throws IOException {
        var caller = rest.get("/api/v1/whoami").body();

        assertThat(caller.path("name").asText()).isEqualTo("developer");
        assertThat(caller.path("role").asText()).isEqualTo("admin");
    }
}
