package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ft900.hil.SharedChain.Bench;
import dev.ft900.hil.rest.RestClient;
import dev.ft900.hil.rest.RestClient.Answer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A request can be followed from its caller to the board and back. */
@ExtendWith(SharedChain.class)
class TracingIT {
    private static final String DEVICE = "/api/v1/devices/board2";

    private Bench bench;
    private RestClient rest;

    @BeforeEach
    void takeBoard(Bench shared) throws IOException {
        bench = shared;
        rest = bench.rest();
        TestClients.requireOnline(bench, "board2");
    }

    @Test
    void theBoardGetsTheIdThatTheCallerGave() throws Exception {
        List<JsonNode> seen = new CopyOnWriteArrayList<>();
        var board = TestClients.connected(bench, "traced", TestClients.registered(bench, "traced"));
        try {
            board.subscribe("ft900/traced/req/+", 1, (topic, message) -> {
                seen.add(new JsonMapper().readTree(message.getPayload()));
                TestClients.answerStatus(board, topic, message.getPayload());
            });
            TestClients.publish(board, "ft900/traced/up", TestClients.birth(), true);
            TestClients.requireOnline(bench, "traced");

            var answer = rest.withHeader("X-Request-Id", "trace-1").get("/api/v1/devices/traced/gpio/12");

            assertThat(answer.problem()).isEqualTo("no-answer");
            assertThat(answer.headers().firstValue("X-Request-Id")).contains("trace-1");
            await().untilAsserted(() -> assertThat(seen)
                    .anySatisfy(
                            request -> assertThat(request.path("rid").asText()).isEqualTo("trace-1")));
        } finally {
            TestClients.end(board);
        }
    }

    @Test
    void everyHopIsTimedOnReadsWritesResetsAndDesires() throws IOException {
        assertTimed(rest.get(DEVICE + "/gpio/12"));
        assertTimed(rest.put(DEVICE + "/gpio/12", "{\"direction\":\"in\"}"));
        assertTimed(rest.put(DEVICE + "/desired/33", "{\"direction\":\"in\"}"));
        assertTimed(rest.post(DEVICE + "/reset", ""));
        assertThat(rest.delete(DEVICE + "/desired/33").status()).isEqualTo(204);
    }

    private static void assertTimed(Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Command-Id")).isPresent();
        assertThat(answer.headers().firstValue("Server-Timing"))
                .hasValueSatisfying(hops -> assertThat(hops).contains("queue;dur=", "board;dur=", "broker-back;dur="));
    }

    /** The broker's acknowledgement may be seen after the answer; but not each time. */
    @Test
    void theWayToTheBrokerIsTimedToo() {
        await().untilAsserted(
                        () -> assertThat(rest.get(DEVICE + "/gpio/12").headers().firstValue("Server-Timing"))
                                .hasValueSatisfying(hops -> assertThat(hops).contains("broker-out;dur=")));
    }
}
