package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ft900.gateway.http.Problem;
import dev.ft900.hil.SharedChain.Bench;
import dev.ft900.hil.rest.RestClient;
import dev.ft900.hil.rest.RestClient.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may do what: every route with every role, tokens that end or are revoked, scopes, keys, the audit log. */
@ExtendWith(SharedChain.class)
class AccessIT {
    private static final String DEVICE = "/api/v1/devices/board2";
    private static final List<String> ROLES = List.of("", "viewer", "operator", "admin");
    private static final Set<String> VERBS = Set.of("get", "put", "post", "delete");

    private Bench bench;
    private RestClient rest;

    @BeforeEach
    void takeGateway(Bench bench) throws IOException {
        this.bench = bench;
        rest = bench.rest();
        TestClients.requireOnline(bench, "board2");
    }

    private Answer token(String json) throws IOException {
        var made = rest.post("/api/v1/tokens", json);
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        return made;
    }

    private RestClient with(String json) throws IOException {
        return rest.with(token(json).body().path("token").asText());
    }

    private static JsonNode contract() throws IOException {
        try (var in = Problem.class.getResourceAsStream("openapi.json")) {
            return new JsonMapper().readTree(in);
        }
    }

    private static Answer call(RestClient client, String verb, String path) throws IOException {
        return switch (verb) {
            case "get" -> client.get(path);
            case "put" -> client.put(path, "{}");
            case "post" -> client.post(path, "{}");
            default -> client.delete(path);
        };
    }

    /** Whether a good answer has no end. */
    private static boolean streams(JsonNode operation) {
        return operation.at("/responses/200/content").has("text/event-stream");
    }

    private static int listen(RestClient client, String path) throws IOException {
        try (var stream = client.listen(path, Optional.empty())) {
            return stream.status();
        }
    }

    @Test
    void everyRouteLetsInExactlyTheRolesOfTheContract() throws IOException {
        var callers = Map.of(
                "", rest.with(""),
                "viewer", with("{\"name\":\"matrix viewer\",\"role\":\"viewer\"}"),
                "operator", with("{\"name\":\"matrix operator\",\"role\":\"operator\"}"),
                "admin", rest);
        var wrong = new ArrayList<String>();
        int asked = 0;
        for (var path : contract().path("paths").properties()) {
            // No such board, token or client: whoever is let in changes nothing.
            var address = path.getKey()
                    .replace("{id}", "nobody")
                    .replace("{pin}", "12")
                    .replaceAll("\\{[a-z]+}", "none");
            for (var operation : path.getValue().properties()) {
                var verb = operation.getKey();
                var needed = operation.getValue().path("x-role").asText("");
                if (!VERBS.contains(verb)) {
                    continue;
                }
                for (var role : ROLES) {
                    int status = streams(operation.getValue())
                            ? listen(callers.get(role), address)
                            : call(callers.get(role), verb, address).status();
                    asked++;
                    boolean letIn = status != 401 && status != 403;
                    if (letIn != ROLES.indexOf(role) >= ROLES.indexOf(needed) || status >= 500) {
                        wrong.add(verb + " " + address + " as '" + role + "' was answered with " + status);
                    }
                    if (!operation.getValue().path("responses").has(String.valueOf(status))) {
                        wrong.add(verb + " " + address + ": " + status + " is not in the contract");
                    }
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(asked).isGreaterThan(100);
    }

    @Test
    void anOperatorOfOneBoardIsLetInNowhereWhereAnotherIsNamed() throws IOException {
        var theirs = with("{\"name\":\"matrix scoped\",\"role\":\"operator\",\"scope\":[\"mine\"]}");
        var wrong = new ArrayList<String>();
        int asked = 0;
        for (var path : contract().path("paths").properties()) {
            if (!path.getKey().contains("{id}")) {
                continue;
            }
            for (var operation : path.getValue().properties()) {
                if (!VERBS.contains(operation.getKey())) {
                    continue;
                }
                boolean admins = operation.getValue().path("x-role").asText("").equals("admin");
                for (var board : List.of("mine", "other")) {
                    var address = path.getKey()
                            .replace("{id}", board)
                            .replace("{pin}", "12")
                            .replaceAll("\\{[a-z]+}", "none");
                    int status = streams(operation.getValue())
                            ? listen(theirs, address)
                            : call(theirs, operation.getKey(), address).status();
                    asked++;
                    if ((status == 403) != (admins || board.equals("other"))) {
                        wrong.add(operation.getKey() + " " + address + " was answered with " + status);
                    }
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(asked).isGreaterThan(40);
    }

    @Test
    void anOperatorOfOneBoardHearsOfThatOneOnly() throws IOException {
        var theirs = with("{\"name\":\"ears\",\"role\":\"operator\",\"scope\":[\"board2\"]}");
        TestClients.requireOnline(bench, "board3");
        try (var stream = theirs.listen("/api/v1/events", Optional.empty())) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(rest.put("/api/v1/devices/board3/gpio/31", "{\"direction\":\"in\"}")
                            .status())
                    .isEqualTo(200);
            assertThat(rest.put(DEVICE + "/gpio/31", "{\"direction\":\"in\"}").status())
                    .isEqualTo(200);

            assertThat(stream.next())
                    .hasValueSatisfying(event ->
                            assertThat(event.data().path("device").asText()).isEqualTo("board2"));
        }
    }

    @Test
    void theAuditLogIsReadPageByPage() throws IOException {
        for (int i = 0; i < 3; i++) {
            assertThat(rest.delete("/api/v1/devices/nobody").status()).isEqualTo(404);
        }
        await().until(() -> rest.get("/api/v1/audit?limit=2").body().has("next"));

        var first = rest.get("/api/v1/audit?limit=2").body();
        var second = rest.get(
                        "/api/v1/audit?limit=2&before=" + first.path("next").asText())
                .body();

        assertThat(first.path("entries")).hasSize(2);
        assertThat(first.path("entries").get(0).path("token").asText()).matches("[0-9a-f]{8}");
        assertThat(second.path("entries")).isNotEmpty().doesNotContainAnyElementsOf(first.path("entries"));
        assertThat(rest.get("/api/v1/audit?limit=0").problem()).isEqualTo("bad-value");
        assertThat(rest.get("/api/v1/audit?before=yesterday").problem()).isEqualTo("bad-value");
    }

    @Test
    void aRevokedTokenOpensNothingAfterASecond() throws IOException {
        var made = token("{\"name\":\"short-lived\",\"role\":\"viewer\"}").body();
        var theirs = rest.with(made.path("token").asText());
        assertThat(theirs.get(DEVICE).status()).isEqualTo(200);

        assertThat(rest.delete("/api/v1/tokens/" + made.path("id").asText()).status())
                .isEqualTo(204);

        await().until(() -> theirs.get(DEVICE).status() == 401);
        assertThat(rest.get("/api/v1/tokens").body().path("tokens"))
                .anySatisfy(token -> assertThat(token.path("id")).isEqualTo(made.path("id")))
                .noneSatisfy(token -> assertThat(token.has("token")).isTrue());
    }

    @Test
    @Timeout(60)
    void whoListensHearsNoMoreWhenTheTokenIsRevoked() throws IOException {
        var made = token("{\"name\":\"eavesdropper\",\"role\":\"viewer\"}").body();
        var theirs = rest.with(made.path("token").asText());
        try (var stream = theirs.listen("/api/v1/events", Optional.empty())) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(rest.delete("/api/v1/tokens/" + made.path("id").asText()).status())
                    .isEqualTo(204);

            var last = stream.next();
            while (last.isPresent()) {
                last = stream.next();
            }
            assertThat(last).isEmpty();
        }
    }

    @Test
    void aScopeThatNamesNobodyIsRefusedAndMeansNotAllBoards() throws IOException {
        assertThat(rest.post("/api/v1/tokens", "{\"name\":\"x\",\"role\":\"operator\",\"scope\":[]}")
                        .problem())
                .isEqualTo("bad-value");
        assertThat(rest.put("/api/v1/clients/client.x", "{\"role\":\"operator\",\"scope\":[]}")
                        .problem())
                .isEqualTo("bad-value");
    }

    @Test
    void anotherTokenOfTheSameNameHasKeysOfItsOwn() throws IOException {
        var key = "key-" + System.nanoTime();
        for (int i = 0; i < 2; i++) {
            var answer = with("{\"name\":\"twin\",\"role\":\"operator\"}")
                    .withHeader("Idempotency-Key", key)
                    .put(DEVICE + "/gpio/30", "{\"direction\":\"in\"}");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Idempotent-Replayed")).isEmpty();
        }
    }

    @Test
    void aTokenEndsWhenItsTimeIsOver() throws IOException {
        var theirs = with("{\"name\":\"mayfly\",\"role\":\"viewer\",\"expiresInSeconds\":1}");

        await().until(() -> theirs.get(DEVICE).status() == 401);
    }

    @Test
    void anOperatorOfSomeBoardsCommandsAndSeesThoseOnly() throws IOException {
        var theirs = with("{\"name\":\"bench\",\"role\":\"operator\",\"scope\":[\"group:left\"]}");
        assertThat(theirs.get(DEVICE + "/status").problem()).isEqualTo("forbidden");

        assertThat(rest.put(DEVICE + "/groups", "{\"groups\":[\"left\"]}").status())
                .isEqualTo(200);

        assertThat(theirs.put(DEVICE + "/gpio/30", "{\"direction\":\"in\"}").status())
                .isEqualTo(200);
        assertThat(theirs.put("/api/v1/devices/board1/gpio/30", "{\"direction\":\"in\"}")
                        .problem())
                .isEqualTo("forbidden");
        assertThat(theirs.get("/api/v1/devices").body().path("devices"))
                .extracting(device -> device.path("id").asText())
                .containsExactly("board2");
    }

    @Test
    void anAdminHasNoScope() throws IOException {
        assertThat(rest.post("/api/v1/tokens", "{\"name\":\"x\",\"role\":\"admin\",\"scope\":[\"board1\"]}")
                        .problem())
                .isEqualTo("bad-value");
    }

    @Test
    void aWriteThatComesAgainWithItsKeyIsAnsweredAgainAndNotDoneAgain() throws IOException {
        var key = "key-" + System.nanoTime();
        var first = rest.withHeader("Idempotency-Key", key).post(DEVICE + "/reset", "");
        assertThat(first.status()).isEqualTo(200);

        var again = rest.withHeader("Idempotency-Key", key).post(DEVICE + "/reset", "");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(rest.get(DEVICE).body().path("bootId"))
                .isEqualTo(first.body().path("bootId"));
        assertThat(rest.withHeader("Idempotency-Key", key)
                        .post(DEVICE + "/uart", "{\"text\":\"x\"}")
                        .problem())
                .isEqualTo("key-reused");
    }

    @Test
    void aWriteThatWasRefusedMayBeTriedAgainWithItsKey() throws IOException {
        var key = "key-" + System.nanoTime();
        var id = "keyed-" + Long.toString(System.nanoTime(), 36);
        var path = "/api/v1/devices/" + id + "/groups";
        assertThat(rest.withHeader("Idempotency-Key", key)
                        .put(path, "{\"groups\":[\"left\"]}")
                        .problem())
                .isEqualTo("unknown-device");
        assertThat(rest.post("/api/v1/devices", "{\"id\":\"" + id + "\"}").status())
                .isEqualTo(201);

        var again = rest.withHeader("Idempotency-Key", key).put(path, "{\"groups\":[\"left\"]}");

        assertThat(again.status()).isEqualTo(200);
        assertThat(rest.delete("/api/v1/devices/" + id).status()).isEqualTo(204);
    }

    @Test
    void everyWriteStandsInTheAuditLogWithItsCallerAndItsRequestId() throws IOException {
        var id = "audited-" + System.nanoTime();

        assertThat(rest.withHeader("X-Request-Id", id)
                        .delete("/api/v1/devices/nobody")
                        .status())
                .isEqualTo(404);

        await().untilAsserted(() -> assertThat(rest.get("/api/v1/audit").body().path("entries"))
                .anySatisfy(entry -> {
                    assertThat(entry.path("requestId").asText()).isEqualTo(id);
                    assertThat(entry.path("caller").asText()).isEqualTo("developer");
                    assertThat(entry.path("method").asText()).isEqualTo("DELETE");
                    assertThat(entry.path("status").asInt()).isEqualTo(404);
                }));
    }

    @Test
    void whoTriedWhatIsForbiddenStandsInTheAuditLogByName() throws IOException {
        var theirs = with("{\"name\":\"curious\",\"role\":\"viewer\"}");
        var id = "forbidden-" + System.nanoTime();

        assertThat(theirs.withHeader("X-Request-Id", id).delete(DEVICE).status())
                .isEqualTo(403);

        await().untilAsserted(() -> assertThat(rest.get("/api/v1/audit").body().path("entries"))
                .anySatisfy(entry -> {
                    assertThat(entry.path("requestId").asText()).isEqualTo(id);
                    assertThat(entry.path("caller").asText()).isEqualTo("curious");
                }));
    }

    @Test
    void answersTellBrowsersToKeepAndGuessNothingAndNoOtherPageMayRead() throws IOException {
        var headers = rest.withHeader("Origin", "https://elsewhere.example")
                .get(DEVICE)
                .headers();

        assertThat(headers.firstValue("Cache-Control")).contains("no-store");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
        assertThat(headers.firstValue("Content-Security-Policy").orElse("")).contains("default-src 'none'");
        assertThat(headers.firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(headers.firstValue("Server")).isEmpty();
        assertThat(headers.firstValue("Strict-Transport-Security")).isEmpty();
    }

    @Test
    void aRequestIdComesBackAndAForgedOneIsReplaced() throws IOException {
        assertThat(rest.withHeader("X-Request-Id", "mine-1")
                        .get(DEVICE)
                        .headers()
                        .firstValue("X-Request-Id"))
                .contains("mine-1");
        assertThat(rest.withHeader("X-Request-Id", "not good")
                        .get(DEVICE)
                        .headers()
                        .firstValue("X-Request-Id"))
                .isPresent()
                .isNotEqualTo("not good");
    }

    @Test
    void theGatewayTellsWhetherItCanWorkAndInFiguresHowItDoes() throws IOException {
        var ready = rest.with("").get("/readyz");
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.body().path("dependencies").path("broker").asBoolean()).isTrue();
        assertThat(ready.body().path("dependencies").path("database").asBoolean())
                .isTrue();
        assertThat(rest.get(DEVICE + "/status").status()).isEqualTo(200);

        assertThat(rest.get("/metrics").body().asText())
                .contains("ft900_commands_total{operation=\"status\",outcome=\"done\"}")
                .contains("ft900_hop_seconds_bucket{hop=\"board\"")
                .contains("ft900_boards_online")
                .contains("ft900_commands_queued")
                .contains("ft900_database_seconds")
                .contains("ft900_http_threads_busy")
                .contains("jvm_memory_used_bytes");
    }
}
