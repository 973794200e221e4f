package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ft900.hil.SharedChain.Bench;
import dev.ft900.hil.rest.RestClient;
import dev.ft900.hil.rest.RestClient.Answer;
import dev.ft900.protocol.name.BoardId;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The read of one pad has a short way through the gateway, and the way that all calls take; a query that says nothing new takes the second.
 * Both must answer the same.
 */
@ExtendWith(SharedChain.class)
class PadReadsIT {
    private static final String PAD = "/api/v1/devices/board3/gpio/12";
    private static final String DARK = "reads-dark";

    /** They differ from call to call. */
    private static final Set<String> CHANGING = Set.of("date", "server-timing", "x-command-id", "x-request-id");

    private Bench bench;
    private RestClient rest;

    @BeforeEach
    void takeGateway(Bench bench) throws IOException {
        this.bench = bench;
        rest = bench.rest();
        TestClients.requireOnline(bench, "board3");
    }

    @AfterEach
    void removeWhatWasMade() throws Exception {
        bench.chain().gateway().enrolment().remove(new BoardId(DARK));
    }

    private RestClient with(String json) throws IOException {
        var made = rest.post("/api/v1/tokens", json);
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        return rest.with(made.body().path("token").asText());
    }

    private static JsonNode body(Answer answer) {
        var body = answer.body().deepCopy();
        if (body instanceof ObjectNode object) {
            object.remove("incident");
        }
        return body;
    }

    private static TreeMap<String, List<String>> headers(Answer answer) {
        var headers = new TreeMap<>(answer.headers().map());
        headers.keySet().removeAll(CHANGING);
        return headers;
    }

    private static Answer assertSameByBothWays(RestClient client, String path) throws IOException {
        // The token must have been looked up a moment ago: the short way waits for no database.
        var usual = client.get(path + "?view=live");
        var brief = client.get(path);
        assertThat(brief.status()).as(path).isEqualTo(usual.status());
        assertThat(body(brief)).as(path).isEqualTo(body(usual));
        assertThat(headers(brief)).as(path).isEqualTo(headers(usual));
        assertThat(brief.headers().map().keySet())
                .as(path)
                .isEqualTo(usual.headers().map().keySet());
        return brief;
    }

    @Test
    void aGoodReadIsAnsweredTheSame() throws IOException {
        var seen = assertSameByBothWays(rest, PAD);
        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.body().path("pin").asInt()).isEqualTo(12);
        assertThat(seen.headers().firstValue("X-Command-Id")).isPresent();
        assertThat(seen.headers().firstValue("Server-Timing").orElse("")).contains("board;dur=");

        var named = rest.withHeader("X-Request-Id", "pad-reads-1").withHeader("Accept", "application/json");
        assertThat(named.get(PAD).headers().firstValue("X-Request-Id")).contains("pad-reads-1");
        assertThat(rest.get("/api/v1/devices/board3/commands").body().toString())
                .as("the log of commands knows who asked")
                .contains("pad-reads-1");
    }

    @Test
    void whatIsRefusedIsRefusedTheSame() throws IOException {
        // Some of these addresses are none of the contract's.
        var anyone = rest.watchedBy((verb, path, answer) -> {});
        for (var path : List.of(
                "/api/v1/devices/board3/gpio/67",
                "/api/v1/devices/board3/gpio/99999",
                "/api/v1/devices/board3/gpio/x",
                "/api/v1/devices/board3/gpio/",
                "/api/v1/devices/board3/gpio/12/",
                "/api/v1/devices/nobody/gpio/12",
                "/api/v1/devices/a%20b/gpio/12",
                "/api/v1/devices//gpio/12")) {
            assertThat(assertSameByBothWays(anyone, path).status()).as(path).isNotEqualTo(500);
        }
        var other = with("{\"name\":\"reads other\",\"role\":\"operator\",\"scope\":[\"board2\"]}");
        for (var client : List.of(rest.with(""), rest.with("ft900_nonsense"), other)) {
            assertThat(assertSameByBothWays(client, PAD).status()).isBetween(401, 403);
        }
        assertThat(assertSameByBothWays(anyone.withHeader("Accept", "text/html"), PAD)
                        .status())
                .isEqualTo(406);
    }

    @Test
    void aTypeOfABodyThatIsNoneIsRefusedTheSame() throws IOException {
        var anyone = rest.watchedBy((verb, path, answer) -> {});
        assertThat(assertSameByBothWays(anyone.withHeader("Content-Type", "garbage"), PAD)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aBoardThatIsNotThereIsSaidToBeAwayTheSame() throws IOException {
        assertThat(rest.post("/api/v1/devices", "{\"id\":\"" + DARK + "\"}").status())
                .isEqualTo(201);
        var away = assertSameByBothWays(rest, "/api/v1/devices/" + DARK + "/gpio/12");
        assertThat(away.problem()).isEqualTo("board-offline");
    }

    @Test
    void manyAtOnceGetEachTheirOwn() {
        assertThat(Stream.iterate(0, pin -> pin + 1).limit(67).parallel().allMatch(pin -> {
                    try {
                        var answer = rest.get("/api/v1/devices/board3/gpio/" + pin);
                        return answer.body().path("pin").asInt(-1) == pin;
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .isTrue();
    }
}
