package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ft900.gateway.http.Problem;
import dev.ft900.hil.rest.RestClient.Answer;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That the check of answers against the contract sees what it should. */
class ContractTest {
    private static final String PIN = "/api/v1/devices/board1/gpio/12";
    private static final String GOOD =
            "{\"pin\":12,\"direction\":\"out\",\"value\":1,\"pull\":\"none\",\"edge\":\"none\",\"reserved\":false}";
    private static final String PROBLEM =
            "{\"type\":\"urn:ft900:problem:board-offline\",\"title\":\"x\",\"status\":503,\"detail\":\"x\",\"step\":\"board\"}";

    private final JsonMapper mapper = new JsonMapper();
    private JsonNode json;

    @BeforeEach
    void read() throws IOException {
        try (var in = Problem.class.getResourceAsStream("openapi.json")) {
            json = mapper.readTree(in);
        }
    }

    private List<String> check(int status, String type, String body) throws IOException {
        var headers = HttpHeaders.of(Map.of("Content-Type", List.of(type)), (name, value) -> true);
        return new Contract(json).check("GET", PIN, new Answer(status, mapper.readTree(body), headers));
    }

    @Test
    void anAnswerAsInTheContractIsWell() throws IOException {
        assertThat(check(200, "application/json", GOOD)).isEmpty();
        assertThat(check(503, "application/problem+json", PROBLEM)).isEmpty();
    }

    @Test
    void aMemberThatTheSchemaLacksIsSeen() throws IOException {
        var properties = (ObjectNode) json.at("/components/schemas/PinInList/properties");
        properties.remove("pull");

        assertThat(check(200, "application/json", GOOD))
                .anySatisfy(wrong -> assertThat(wrong).contains("pull"));
    }

    @Test
    void aMemberThatIsMissingOrOfAnotherKindIsSeen() throws IOException {
        assertThat(check(200, "application/json", GOOD.replace("\"pin\":12,", "")))
                .isNotEmpty();
        assertThat(check(200, "application/json", GOOD.replace("\"out\"", "\"sideways\"")))
                .isNotEmpty();
        assertThat(check(503, "application/problem+json", PROBLEM.replace("\"step\":\"board\"", "\"step\":\"moon\"")))
                .isNotEmpty();
    }

    @Test
    void aStatusThatIsNotDocumentedIsSeen() throws IOException {
        ((ObjectNode) json.path("paths")
                        .path("/api/v1/devices/{id}/gpio/{pin}")
                        .path("get")
                        .path("responses"))
                .remove("503");

        assertThat(check(503, "application/problem+json", PROBLEM))
                .anySatisfy(wrong -> assertThat(wrong).contains("503"));
    }

    @Test
    void aBodyOfAnotherTypeIsSeen() throws IOException {
        assertThat(check(503, "application/json", PROBLEM)).isNotEmpty();
    }

    @Test
    void anAddressThatIsNotInTheContractIsSeen() throws IOException {
        var headers = HttpHeaders.of(Map.of("Content-Type", List.of("application/json")), (name, value) -> true);

        assertThat(new Contract(json).check("GET", "/api/v1/secret", new Answer(200, mapper.readTree("{}"), headers)))
                .isNotEmpty();
    }

    @Test
    void anEventThatTheContractLacksOrDescribesOtherwiseIsSeen() throws IOException {
        var contract = new Contract(json);
        var offline = mapper.readTree("{\"device\":\"board1\",\"at\":\"2026-11-29T20:00:00Z\"}");

        assertThat(contract.checkEvent("offline", offline)).isEmpty();
        assertThat(contract.checkEvent("edge", offline)).isNotEmpty();
        assertThat(contract.checkEvent("gone", offline)).isNotEmpty();
        assertThat(contract.checkEvent("offline", mapper.readTree("{\"device\":\"board1\",\"more\":1}")))
                .isNotEmpty();
    }
}
