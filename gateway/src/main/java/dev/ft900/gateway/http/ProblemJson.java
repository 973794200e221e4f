package dev.ft900.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** A problem as bytes, for answers that Jersey does not write. */
final class ProblemJson {
    private static final JsonMapper JSON = new JsonMapper();

    private ProblemJson() {}

    static byte[] write(Problem problem) {
        try {
            return JSON.writeValueAsBytes(problem.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem holds strings and numbers", e);
        }
    }
}
