package dev.ft900.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ft900.gateway.access.IdempotencyStore;
import dev.ft900.gateway.access.IdempotencyStore.Answer;
import dev.ft900.protocol.provisioning.Digest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a write that carries an {@code Idempotency-Key} which came before as it was answered then, without doing it again (after the
 * IETF draft of that header). Answers that say that nothing was done are not kept, so that the key can try again. Registrations that return
 * a private key take no such key: a secret is not kept.
 */
final class IdempotencyFilter implements ContainerRequestFilter, ContainerResponseFilter {
    static final String HEADER = "Idempotency-Key";

    private static final String BEGUN = "dev.ft900.idempotent";
    private static final Set<String> WRITES = Set.of(HttpMethod.PUT, HttpMethod.POST, HttpMethod.DELETE);
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");
    private static final Logger LOG = LoggerFactory.getLogger(IdempotencyFilter.class);
    private static final JsonMapper JSON = new JsonMapper();

    private final IdempotencyStore store;

    IdempotencyFilter(IdempotencyStore store) {
        this.store = store;
    }

    private record Begun(String caller, String key, String fingerprint) {}

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        var key = request.getHeaderString(HEADER);
        if (key == null || !WRITES.contains(request.getMethod())) {
            return;
        }
        if (!KEY.matcher(key).matches()) {
            throw new ProblemException(
                    Problem.Kind.BAD_REQUEST, "expected " + HEADER + " to be 1 to 128 printable characters");
        }
        var begun = new Begun(
                Call.of(request, Duration.ofSeconds(1), false).caller().key(), key, fingerprint(request));
        var known = store.begin(begun.caller(), key, begun.fingerprint());
        if (known.isEmpty()) {
            request.setProperty(BEGUN, begun);
            return;
        }
        request.abortWith(again(known.get(), begun));
    }

    private static Response again(Answer known, Begun now) {
        if (!known.fingerprint().equals(now.fingerprint())) {
            throw new ProblemException(
                    Problem.Kind.KEY_REUSED,
                    "expected a new " + HEADER + "; this one came with another request before");
        }
        if (known.status() == 0) {
            throw new ProblemException(
                    Problem.Kind.KEY_IN_USE,
                    "the first request with this " + HEADER
                            + " is not answered; it is under way, or the gateway stopped meanwhile and what became of it is unknown");
        }
        var answer = Response.status(known.status()).header("Idempotent-Replayed", "true");
        if (known.location() != null) {
            answer.header(HttpHeaders.LOCATION, known.location());
        }
        return known.body() == null
                ? answer.build()
                : answer.type(known.mediaType())
                        .entity(known.body().getBytes(StandardCharsets.UTF_8))
                        .build();
    }

    private static String fingerprint(ContainerRequestContext request) throws IOException {
        var body = request.getEntityStream().readAllBytes();
        request.setEntityStream(new ByteArrayInputStream(body));
        var all = new ByteArrayOutputStream();
        all.writeBytes((request.getMethod() + " "
                        + request.getUriInfo().getRequestUri().getRawPath() + "?"
                        + request.getUriInfo().getRequestUri().getRawQuery() + "\n")
                .getBytes(StandardCharsets.UTF_8));
        all.writeBytes(body);
        return Digest.of(all.toByteArray()).toString();
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(request.getProperty(BEGUN) instanceof Begun begun)) {
            return;
        }
        try {
            remember(begun, response);
        } catch (RuntimeException e) {
            // What was done is done, and its caller is to hear of it. The key stays in use: what became of it is not
            // known here.
            LOG.error("an answer cannot be kept for its {}", HEADER, e);
        }
    }

    private void remember(Begun begun, ContainerResponseContext response) {
        if (isNothingDone(response.getStatus()) || holdsSecret(response.getEntity())) {
            store.forget(begun.caller(), begun.key());
            return;
        }
        store.answered(
                begun.caller(),
                begun.key(),
                new Answer(
                        begun.fingerprint(),
                        response.getStatus(),
                        response.getMediaType() == null
                                ? null
                                : response.getMediaType().toString(),
                        response.getHeaderString(HttpHeaders.LOCATION),
                        body(response.getEntity())));
    }

    /** Refused by the gateway (4xx), by the board (409, 502), or not sent (503): {@code docs/rest.md} says so of each. */
    private static boolean isNothingDone(int status) {
        return status / 100 == 4 || status == 502 || status == 503;
    }

    private static boolean holdsSecret(Object entity) {
        return entity instanceof Map<?, ?> map && (map.containsKey("privateKey") || map.containsKey("token"));
    }

    private static String body(Object entity) {
        try {
            return entity == null ? null : JSON.writeValueAsString(entity);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("answers are maps of strings and numbers", e);
        }
    }
}
