package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ft900.hil.rest.RestClient;
import dev.ft900.hil.rest.RestClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operation of the contract, called so that it succeeds; the answer to each fits its schema to the last member. All other tests that
 * call a gateway hold its answers to the contract too.
 */
class ContractIT {
    private static final String BOARD = "/api/v1/devices/board1";
    private static final String AWAY = "/api/v1/devices/away";

    private final Contract contract = Contract.ofGateway();
    private final Set<String> succeeded = new TreeSet<>();

    @TempDir
    private Path folder;

    private void note(String verb, String path, Answer answer) {
        contract.answered(verb, path, answer);
        if (answer.status() < 300) {
            contract.operation(verb, path).ifPresent(succeeded::add);
        }
    }

    @Test
    void everyOperationSucceedsAndItsAnswerFitsItsSchema() throws Exception {
        try (var chain = OwnChain.start(folder, usual -> usual)) {
            var rest = chain.rest().watchedBy(this::note);
            callGateway(rest);
            callRegister(rest);
            callBoard(rest);
            callQueue(rest);
            callAccess(rest);
            assertThat(rest.delete(AWAY).status()).isEqualTo(204);
        }

        assertThat(succeeded).isEqualTo(contract.operations());
    }

    private static void callGateway(RestClient rest) throws IOException {
        rest.get("/healthz");
        rest.get("/readyz");
        rest.get("/openapi.json");
        rest.get("/metrics");
        rest.get("/api/v1/whoami");
        rest.get("/api/v1/audit");
    }

    private static void callRegister(RestClient rest) throws IOException {
        assertThat(rest.post("/api/v1/devices", "{\"id\":\"away\"}").status()).isEqualTo(201);
        rest.get("/api/v1/devices");
        rest.get(BOARD);
        var renewed = rest.post(BOARD + "/certificates", "{}");
        assertThat(renewed.status()).isEqualTo(201);
        await().until(() -> rest.get(BOARD).body().path("online").asBoolean());
        rest.put(
                BOARD + "/certificates/" + renewed.body().path("serial").asText() + "/in-use",
                "{\"slotGeneration\":" + renewed.body().path("slotGeneration").asInt() + "}");
        var serial = rest.get(AWAY)
                .body()
                .path("certificates")
                .path(0)
                .path("serial")
                .asText();
        rest.post(AWAY + "/certificates/" + serial + "/revoke", "{\"reason\":\"superseded\"}");
        rest.put(BOARD + "/groups", "{\"groups\":[\"left\"]}");
        rest.get(BOARD + "/groups");
    }

    private static void callBoard(RestClient rest) throws IOException {
        rest.get(BOARD + "/status?connectTimeout=30000");
        rest.put(BOARD + "/gpio/12", "{\"direction\":\"out\",\"value\":1}");
        rest.put(
                BOARD + "/gpio",
                "{\"pins\":[{\"pin\":12,\"value\":0},{\"pin\":13,\"direction\":\"in\",\"pull\":\"up\"}]}");
        for (var view : new String[] {"", "?view=last"}) {
            rest.get(BOARD + "/gpio" + view);
            rest.get(BOARD + "/gpio/12" + view);
            rest.get(BOARD + "/status" + view);
            rest.get(BOARD + "/network" + view);
        }
        rest.put(BOARD + "/rtc", "{\"time\":\"now\"}");
        rest.get(BOARD + "/rtc");
        rest.get(BOARD + "/rtc?view=last");
        rest.post(BOARD + "/uart", "{\"text\":\"hello\"}");
        rest.post(BOARD + "/reset?wait=false", "");
        rest.get(BOARD + "/status?connectTimeout=30000");
        rest.post(BOARD + "/reset?connectTimeout=30000", "");
        rest.get(BOARD + "/commands");
    }

    private static void callQueue(RestClient rest) throws IOException {
        var queued = rest.put(AWAY + "/gpio/12?queue=60s", "{\"direction\":\"out\",\"value\":1}");
        assertThat(queued.status()).isEqualTo(202);
        rest.post(AWAY + "/reset?queue=60s", "");
        rest.get(AWAY + "/queue");
        rest.get(queued.headers().firstValue("Location").map(ContractIT::path).orElseThrow());
        rest.put(AWAY + "/desired/12", "{\"direction\":\"out\",\"value\":1}");
        rest.put(BOARD + "/desired/14", "{\"direction\":\"out\",\"value\":1}");
        rest.get(AWAY + "/desired");
        rest.get(BOARD + "/desired");
        rest.delete(AWAY + "/desired/12");
    }

    private static String path(String location) {
        return URI.create(location).getPath();
    }

    private static void callAccess(RestClient rest) throws IOException {
        var made = rest.post(
                "/api/v1/tokens",
                "{\"name\":\"ci\",\"role\":\"operator\",\"scope\":[\"group:left\"],\"expiresInSeconds\":60}");
        var id = made.body().path("id").asText();
        rest.get("/api/v1/tokens");
        rest.with(made.body().path("token").asText()).get("/api/v1/whoami");
        rest.delete("/api/v1/tokens/" + id);
        rest.get("/api/v1/tokens");
        rest.put("/api/v1/clients/client.panel", "{\"role\":\"viewer\"}");
        rest.get("/api/v1/clients");
        rest.delete("/api/v1/clients/client.panel");
    }
}
