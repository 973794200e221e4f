package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ft900.agent.board.BoardConfig;
import dev.ft900.hil.SharedChain.Bench;
import dev.ft900.hil.rest.RestClient.Answer;
import dev.ft900.protocol.dialect.IncomingRequest;
import dev.ft900.protocol.dialect.PresenceCodec;
import dev.ft900.protocol.dialect.ReplyCodec;
import dev.ft900.protocol.dialect.RequestCodec;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.ErrorCode;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.message.Reply;
import dev.ft900.protocol.message.Request;
import dev.ft900.protocol.message.ResetCause;
import dev.ft900.protocol.message.Result;
import dev.ft900.protocol.name.BootId;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the caller is told when things go wrong: which problem, at which step, and no more than is known. */
@ExtendWith(SharedChain.class)
class FailuresIT {
    private static final BootId BOOT = new BootId("0000beef");

    private Bench bench;

    @BeforeEach
    void take(Bench shared) throws IOException {
        bench = shared;
        TestClients.requireOnline(bench, "board2");
    }

    private static void assertProblem(Answer answer, int status, String problem, String step) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo(problem);
        assertThat(answer.body().path("status").asInt()).isEqualTo(status);
        assertThat(answer.body().path("step").asText()).isEqualTo(step);
        assertThat(answer.body().path("detail").asText()).isNotBlank();
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    /**
     * A registered board that the test plays itself: says that it is there, tells its status when it is asked, and answers everything else
     * as the test wants, or not at all.
     */
    private MqttClient playBoard(String id, Function<Request, Optional<Reply>> answer) throws Exception {
        var client = TestClients.connected(bench, id, TestClients.registered(bench, id));
        client.subscribe("ft900/" + id + "/req/+", 1, (topic, message) -> {
            var request = ((IncomingRequest.Accepted) RequestCodec.decode(message.getPayload())).request();
            var reply = request.command() instanceof Command.ReadStatus
                    ? Optional.of(TestClients.status(request, BOOT))
                    : answer.apply(request);
            reply.ifPresent(
                    r -> TestClients.publish(client, topic.replace("/req/", "/rep/"), ReplyCodec.encode(r), false));
        });
        var birth = new Presence.Up(BOOT, 1, ResetCause.POWER_ON, BoardConfig.FIRMWARE, false, 1, Optional.empty());
        client.publish("ft900/" + id + "/up", PresenceCodec.encode(birth), 1, true);
        TestClients.requireOnline(bench, id);
        return client;
    }

    @Test
    void anUnknownDeviceIs404() throws IOException {
        for (var path : new String[] {"", "/gpio", "/gpio/12", "/rtc", "/status", "/network"}) {
            assertProblem(bench.rest().get("/api/v1/devices/nobody" + path), 404, "unknown-device", "register");
        }
        assertProblem(bench.rest().get("/api/v1/devices/NOT%20AN%20ID"), 404, "unknown-device", "register");
        assertProblem(bench.rest().post("/api/v1/devices/nobody/reset", ""), 404, "unknown-device", "register");
        assertProblem(bench.rest().delete("/api/v1/devices/nobody"), 404, "unknown-device", "register");
    }

    @Test
    void aBoardThatIsNotThereIs503AndNothingIsSent() throws Exception {
        assertThat(bench.rest()
                        .post("/api/v1/devices", "{\"id\":\"fail-offline\"}")
                        .status())
                .isEqualTo(201);

        assertProblem(bench.rest().get("/api/v1/devices/fail-offline/gpio/12"), 503, "board-offline", "board");
        assertProblem(bench.rest().post("/api/v1/devices/fail-offline/reset", ""), 503, "board-offline", "board");
    }

    @Test
    void aBoardThatLeavesIsKnownToBeGone() throws Exception {
        var client = playBoard("fail-leaves", request -> Optional.empty());
        client.publish("ft900/fail-leaves/up", PresenceCodec.encode(new Presence.Gone(BOOT, 1)), 1, true);

        await().until(() ->
                bench.rest().get("/api/v1/devices/fail-leaves/gpio/12").status() == 503);
        TestClients.end(client);
    }

    @Test
    void aBoardThatDoesNotAnswerIs504AfterTheTimeThatWasSet() throws Exception {
        var client = playBoard("fail-silent", request -> Optional.empty());

        long start = System.nanoTime();
        var answer = bench.rest().get("/api/v1/devices/fail-silent/gpio/12");

        assertProblem(answer, 504, "no-answer", "board");
        assertThat(answer.body().path("detail").asText()).contains("unknown");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Bench.COMMAND_PATIENCE, Bench.COMMAND_PATIENCE.plusSeconds(2));
        TestClients.end(client);
    }

    @Test
    @Tag("slow")
    void aBoardThatAgreesToResetAndDoesNotComeBackIs504() throws Exception {
        var client =
                playBoard("fail-gone", request -> Optional.of(Reply.done(request.id(), BOOT, new Result.Resetting())));

        var answer = bench.rest().post("/api/v1/devices/fail-gone/reset", "");

        assertProblem(answer, 504, "no-answer", "board");
        assertThat(answer.body().path("detail").asText()).contains("was not back");
        TestClients.end(client);
    }

    @ParameterizedTest
    @CsvSource({
        "FAILED, 502, board-refused",
        "BUSY, 502, board-refused",
        "UNKNOWN_OPERATION, 502, board-refused",
        "BAD_REQUEST, 502, board-refused",
        "PAD_RESERVED, 409, pad-reserved",
        "PAD_IS_INPUT, 409, pad-is-input"
    })
    void aBoardThatRefusesIsQuotedWithItsWord(ErrorCode code, int status, String problem) throws Exception {
        var id = "fail-" + code.word();
        var client =
                playBoard(id, request -> Optional.of(Reply.refused(request.id(), BOOT, code, "the bench says no")));

        var answer = bench.rest().get("/api/v1/devices/" + id + "/gpio/12");

        assertProblem(answer, status, problem, "board");
        assertThat(answer.body().path("boardError").asText()).isEqualTo(code.word());
        assertThat(answer.body().path("detail").asText()).contains("the bench says no");
        TestClients.end(client);
    }

    @Test
    void aBoardThatRebootedAMomentAgoIsAskedAgain() throws Exception {
        var now = new BootId("0000cafe");
        var client = playBoard(
                "fail-rebooted",
                request -> Optional.of(
                        request.boot().equals(Optional.of(now))
                                ? Reply.refused(request.id(), now, ErrorCode.BUSY, "now I hear you")
                                : Reply.refused(request.id(), now, ErrorCode.WRONG_BOOT, "another boot")));

        var answer = bench.rest().get("/api/v1/devices/fail-rebooted/gpio/12");

        assertThat(answer.body().path("detail").asText()).contains("now I hear you");
        TestClients.end(client);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gpio/67   | {"value":1}                                 | 422 | bad-value              | 0 to 66
            gpio/-1   | {"value":1}                                 | 422 | bad-value              | 0 to 66
            gpio/abc  | {"value":1}                                 | 422 | bad-value              | 0 to 66
            gpio/268  | {"value":1}                                 | 422 | bad-value              | 0 to 66
            gpio/12   | {"value":2}                                 | 422 | bad-value              | 0 or 1
            gpio/12   | {"value":"1"}                               | 422 | bad-value              | a whole number
            gpio/12   | {"value":1.5}                               | 422 | bad-value              | a whole number
            gpio/12   | {"direction":"sideways"}                    | 422 | bad-value              | in, out or od
            gpio/12   | {"pull":"hard"}                             | 422 | bad-value              | none, down, up or keep
            gpio/12   | {"pin":13,"value":1}                        | 422 | bad-value              | as in the address
            gpio/12   | {}                                          | 422 | bad-value              | at least one
            gpio/12   | {"value":1,"colour":"red"}                  | 400 | bad-request            | colour
            gpio/12   | {"value":1                                  | 400 | bad-request            | JSON object
            gpio/12   | [1]                                         | 400 | bad-request            | JSON object
            gpio/12   | {"value":1,"value":0}                       | 400 | bad-request            | JSON object
            gpio/12   | {"value":1}                                 | 409 | pad-is-input           | input
            gpio/48   | {"value":1,"direction":"out"}               | 409 | pad-reserved           | pad 48
            gpio/4    | {"pull":"up"}                               | 409 | pad-reserved           | pad 4
            rtc       | {"epoch":4294967296}                        | 422 | bad-value              | 4294967295
            rtc       | {"epoch":-1}                                | 422 | bad-value              | 4294967295
            rtc       | {"time":"yesterday"}                        | 422 | bad-value              | 2026-11-22T19:03:00Z
            rtc       | {"time":"2026-11-22T19:03:00Z","epoch":1}   | 422 | bad-value              | either
            rtc       | {}                                          | 422 | bad-value              | either
            """)
    void aBadRequestSaysWhatWasExpected(String path, String json, int status, String problem, String words)
            throws IOException {
        var answer = bench.rest().put("/api/v1/devices/board2/" + path, json);

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo(problem);
        assertThat(answer.body().path("detail").asText()).contains(words);
    }

    @Test
    void aUartTextThatIsTooLongIsRefusedWithTheLimit() throws IOException {
        var answer = bench.rest().post("/api/v1/devices/board2/uart", "{\"text\":\"" + "x".repeat(161) + "\"}");

        assertProblem(answer, 422, "bad-value", "request");
        assertThat(answer.body().path("detail").asText()).contains("160");
        assertThat(bench.rest()
                        .post("/api/v1/devices/board2/uart", "{\"text\":\"" + "x".repeat(160) + "\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aBadTokenIs401OnEveryAddressButTheOpenOnes() throws IOException {
        for (var token :
                new String[] {"", "nonsense", "ft900_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "x".repeat(500)}) {
            var caller = bench.rest().with(token);
            assertProblem(caller.get("/api/v1/devices"), 401, "unauthorized", "access");
            assertProblem(caller.get("/api/v1/devices/board2/gpio/12"), 401, "unauthorized", "access");
            assertProblem(caller.put("/api/v1/devices/board2/gpio/12", "{}"), 401, "unauthorized", "access");
            assertProblem(caller.post("/api/v1/devices", "{}"), 401, "unauthorized", "access");
            assertProblem(caller.delete("/api/v1/devices/board2"), 401, "unauthorized", "access");
            assertThat(caller.get("/healthz").status()).isEqualTo(200);
            assertThat(caller.get("/openapi.json").body().path("openapi").asText())
                    .isEqualTo("3.1.0");
        }
        assertThat(bench.rest().with("").get("/api/v1/devices").headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Bearer"));
    }

    @Test
    void whatIsNotThereIsAProblemToo() throws IOException {
        assertProblem(bench.rest().get("/nowhere"), 404, "not-found", "request");
        assertProblem(bench.rest().get("/api/v1/devices/board2/nowhere"), 404, "not-found", "request");
        var notThatWay = bench.rest().delete("/healthz");
        assertProblem(notThatWay, 405, "method-not-allowed", "request");
        assertThat(notThatWay.headers().firstValue("Allow"))
                .hasValueSatisfying(
                        methods -> assertThat(methods).contains("GET").doesNotContain("DELETE"));
        assertProblem(bench.rest().put("/api/v1/devices/board2/gpio/12", ""), 400, "bad-request", "request");
        assertProblem(
                bench.rest().put("/api/v1/devices/board2/gpio/12", "{\"x\":\"" + "y".repeat(20_000) + "\"}"),
                413,
                "too-large",
                "request");
    }
}
