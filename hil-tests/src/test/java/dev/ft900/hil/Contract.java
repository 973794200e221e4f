package dev.ft900.hil;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.ft900.gateway.http.Problem;
import dev.ft900.hil.rest.RestClient;
import dev.ft900.hil.rest.RestClient.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The gateway's {@code openapi.json}, to which answers are held: each must have a status that its operation lists, and a body that its
 * schema knows to the last member. Safe for use by several threads.
 */
final class Contract implements RestClient.Observer {
    private static final int MOST_WRONG = 5;
    private static final Set<String> VERBS = Set.of("get", "put", "post", "delete", "patch");

    /** What an address that is none, or a method that it does not take, is answered with; such a call is no operation. */
    private static final Set<Integer> NO_OPERATION = Set.of(404, 405, 406);

    private static final int INTERNAL = 500;

    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private final JsonNode json;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<JsonNode, JsonSchema> compiled = new ConcurrentHashMap<>();

    private record Operation(String verb, Pattern address, String path, JsonNode node) {
        String name() {
            return verb + " " + path;
        }

        /** Fewer parameters first: an address that is spelt out is meant before one that fits. */
        long parameters() {
            return path.chars().filter(c -> c == '{').count();
        }
    }

    Contract(JsonNode json) {
        this.json = json;
        json.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(entry -> {
                    if (VERBS.contains(entry.getKey())) {
                        var address = Pattern.compile(path.getKey().replaceAll("\\{[a-z]+}", "[^/]+"));
                        operations.add(new Operation(entry.getKey(), address, path.getKey(), entry.getValue()));
                    }
                }));
        operations.sort(Comparator.comparingLong(Operation::parameters));
    }

    /** The one that comes with the gateway. */
    static Contract ofGateway() {
        try (var in = Problem.class.getResourceAsStream("openapi.json")) {
            return new Contract(new JsonMapper().readTree(in));
        } catch (IOException e) {
            throw new IllegalStateException("the gateway comes with its openapi.json", e);
        }
    }

    /** All operations that a call with a single answer can ask for, such as {@code get /healthz}. */
    Set<String> operations() {
        var names = new TreeSet<String>();
        operations.forEach(operation -> {
            if (!operation.node().path("responses").path("200").path("content").has("text/event-stream")) {
                names.add(operation.name());
            }
        });
        return names;
    }

    /** The operation that a call asks for. */
    Optional<String> operation(String verb, String path) {
        return find(verb, path).map(Operation::name);
    }

    private Optional<Operation> find(String verb, String path) {
        var address = path.replaceFirst("\\?.*", "");
        return operations.stream()
                .filter(operation -> operation.verb().equals(verb.toLowerCase(Locale.ROOT))
                        && operation.address().matcher(address).matches())
                .findFirst();
    }

    @Override
    public void answered(String verb, String path, Answer answer) {
        var wrong = check(verb, path, answer);
        if (!wrong.isEmpty()) {
            throw new AssertionError(verb + " " + path + " was answered with " + answer.status() + " " + answer.body()
                    + ", against the contract:\n  " + String.join("\n  ", wrong));
        }
    }

    /** What an answer has that the contract does not, or lacks; empty when all is well. */
    List<String> check(String verb, String path, Answer answer) {
        if (answer.status() == INTERNAL) {
            // The contract says what it looks like; no test may meet it.
            return List.of("the gateway failed");
        }
        var operation = find(verb, path);
        if (operation.isEmpty()) {
            return NO_OPERATION.contains(answer.status())
                    ? fits("application/problem+json", json.at("/components/schemas/Problem"), answer)
                    : List.of("no such operation is in the contract");
        }
        var response = operation.get().node().path("responses").path(String.valueOf(answer.status()));
        if (response.isMissingNode()) {
            return List.of("the status " + answer.status() + " is not in the contract of "
                    + operation.get().name());
        }
        var content = resolve(response).path("content");
        if (content.isEmpty()) {
            return answer.body().isMissingNode() ? List.of() : List.of("the contract has no body");
        }
        var media = content.properties().iterator().next();
        return fits(media.getKey(), media.getValue().path("schema"), answer);
    }

    /** What an event on a stream has that the contract does not, or lacks; empty when all is well. */
    List<String> checkEvent(String kind, JsonNode data) {
        var schema = json.at("/paths/~1api~1v1~1events/get/responses/200/content/text~1event-stream/x-events")
                .path(kind);
        return schema.isMissingNode() ? List.of("no event " + kind + " is in the contract") : wrong(schema, data);
    }

    private List<String> fits(String type, JsonNode schema, Answer answer) {
        var came = answer.headers().firstValue("Content-Type").orElse("none").replaceFirst(";.*", "");
        if (!came.equals(type.replaceFirst(";.*", ""))) {
            return List.of("expected Content-Type " + type + "; got " + came);
        }
        if (!type.contains("json")) {
            return List.of();
        }
        return wrong(schema, answer.body());
    }

    private List<String> wrong(JsonNode schema, JsonNode data) {
        return compiled.computeIfAbsent(schema, one -> SCHEMAS.getSchema(closed(one))).validate(data).stream()
                .map(Object::toString)
                .limit(MOST_WRONG)
                .toList();
    }

    private JsonNode resolve(JsonNode node) {
        var reference = node.path("$ref").asText("");
        return reference.isEmpty() ? node : resolve(json.at(reference.substring(1)));
    }

    /** The schema with its references put in, and with no room for members that it does not name. */
    private JsonNode closed(JsonNode schema) {
        var open = opened(schema);
        if (open instanceof ObjectNode object && (open.has("properties") || open.has("allOf"))) {
            if (!object.has("additionalProperties")) {
                object.put("unevaluatedProperties", false);
            }
        }
        return open;
    }

    /** The same, but for its own members: as a part of a whole that names more. */
    private JsonNode opened(JsonNode schema) {
        var whole = resolve(schema);
        if (!(whole instanceof ObjectNode)) {
            return whole;
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        whole.properties().forEach(entry -> {
            var value = entry.getValue();
            switch (entry.getKey()) {
                case "properties" -> {
                    var properties = copy.putObject("properties");
                    value.properties().forEach(one -> properties.set(one.getKey(), closed(one.getValue())));
                }
                case "items", "additionalProperties" -> copy.set(entry.getKey(), closed(value));
                case "allOf" -> value.forEach(part -> copy.withArray("allOf").add(opened(part)));
                case "oneOf", "anyOf" ->
                    value.forEach(part -> copy.withArray(entry.getKey()).add(closed(part)));
                default -> copy.set(entry.getKey(), value);
            }
        });
        return copy;
    }
}
