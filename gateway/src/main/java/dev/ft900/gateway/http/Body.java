package dev.ft900.gateway.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ft900.protocol.name.Quoted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** A request's body, read strictly: one JSON object, known fields only, each of the right kind. */
final class Body {
    /** The longest body that a setting may allow, in bytes. */
    static final int MAX_BYTES = 64 * 1024;

    private static final int MAX_DEPTH = 4;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_BYTES)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ObjectNode object;

    private Body(ObjectNode object) {
        this.object = object;
    }

    /**
     * Reads a body.
     *
     * @param fields the names that may be in it
     * @throws ProblemException it is no such object
     */
    static Body read(byte[] bytes, String... fields) {
        try {
            if (!(JSON.readTree(bytes) instanceof ObjectNode object)) {
                throw new ProblemException(
                        Problem.Kind.BAD_REQUEST, "expected a JSON object with " + List.of(fields) + " as the body");
            }
            return checked(object, fields);
        } catch (JacksonException e) {
            throw new ProblemException(
                    Problem.Kind.BAD_REQUEST, "expected a JSON object as the body; " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new ProblemException(Problem.Kind.BAD_REQUEST, "expected a JSON object as the body");
        }
    }

    private static Body checked(ObjectNode object, String... fields) {
        object.fieldNames().forEachRemaining(name -> {
            if (!List.of(fields).contains(name)) {
                throw new ProblemException(
                        Problem.Kind.BAD_REQUEST,
                        "expected no other fields than " + List.of(fields) + "; got " + Quoted.of(name));
            }
        });
        return new Body(object);
    }

    /**
     * A field that is a list of objects; empty when it is absent.
     *
     * @param fields the names that may be in each
     */
    List<Body> objects(String name, String... fields) {
        var list = field(name, JsonNode::isArray, node -> (ArrayNode) node, "a list");
        var bodies = new ArrayList<Body>();
        list.ifPresent(items -> items.forEach(item -> {
            if (!(item instanceof ObjectNode object)) {
                throw new ProblemException(
                        Problem.Kind.BAD_VALUE,
                        "expected " + name + " to hold objects; got " + Quoted.of(item.toString()));
            }
            bodies.add(checked(object, fields));
        }));
        return bodies;
    }

    boolean has(String name) {
        return object.has(name);
    }

    /** A field that is a list of strings; empty when it is absent. */
    List<String> strings(String name) {
        var list = field(name, JsonNode::isArray, node -> (ArrayNode) node, "a list");
        var texts = new ArrayList<String>();
        list.ifPresent(items -> items.forEach(item -> {
            if (!item.isTextual()) {
                throw new ProblemException(
                        Problem.Kind.BAD_VALUE,
                        "expected " + name + " to hold strings; got " + Quoted.of(item.toString()));
            }
            texts.add(item.textValue());
        }));
        return texts;
    }

    /** A field as text; empty when it is absent. */
    Optional<String> text(String name) {
        return field(name, JsonNode::isTextual, JsonNode::textValue, "a string");
    }

    /** A field as a whole number; empty when it is absent. */
    Optional<Long> number(String name) {
        return field(
                name,
                node -> node.isIntegralNumber() && node.canConvertToLong(),
                JsonNode::longValue,
                "a whole number");
    }

    /** A field whose text stands for a value; empty when it is absent. */
    <T> Optional<T> of(String name, Function<String, Optional<T>> parse, String rule) {
        return text(name).map(text -> parse.apply(text)
                .orElseThrow(() -> new ProblemException(
                        Problem.Kind.BAD_VALUE, "expected " + name + " to be " + rule + "; got " + Quoted.of(text))));
    }

    /** An object inside; empty when it is absent. */
    Optional<Body> object(String name) {
        return field(name, JsonNode::isObject, node -> new Body((ObjectNode) node), "an object");
    }

    private <T> Optional<T> field(String name, Predicate<JsonNode> fits, Function<JsonNode, T> value, String kind) {
        var node = object.get(name);
        if (node == null) {
            return Optional.empty();
        }
        if (!fits.test(node)) {
            throw new ProblemException(
                    Problem.Kind.BAD_VALUE,
                    "expected " + name + " to be " + kind + "; got " + Quoted.of(node.toString()));
        }
        return Optional.of(value.apply(node));
    }
}
