package dev.ft900.hil.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Calls a gateway. Safe for use by several threads. */
public final class RestClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();

    private final URI gateway;
    private final String token;
    private final HttpClient http;
    private final Map<String, String> more;
    private final Observer observer;

    /** Sees every call with its answer, on the thread that called, before the caller does; streams of events are no such calls. */
    @FunctionalInterface
    public interface Observer {
        /**
         * @param verb such as {@code GET}
         * @param path with its query
         */
        void answered(String verb, String path, Answer answer);
    }

    /**
     * @param gateway for example {@code https://localhost:8443}
     * @param token sent with every call; empty for none
     * @param anchor the one certificate to trust
     */
    public RestClient(URI gateway, String token, X509Certificate anchor) {
        this(gateway, token, trusting(anchor));
    }

    /** @param trust decides which gateway is believed */
    public RestClient(URI gateway, String token, SSLContext trust) {
        this(
                gateway,
                token,
                HttpClient.newBuilder()
                        .connectTimeout(CONNECT)
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(trust)
                        .build(),
                Map.of(),
                (verb, path, answer) -> {});
    }

    /** A TLS context that trusts one certificate and no others. */
    public static SSLContext trusting(X509Certificate anchor) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("anchor", anchor);
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform can trust a certificate", e);
        }
    }

    /**
     * What came back.
     *
     * @param body the JSON; a missing node when there was none
     */
    public record Answer(int status, JsonNode body, HttpHeaders headers) {
        /** The last part of a problem's type. */
        public String problem() {
            return body.path("type").asText().replace("urn:ft900:problem:", "");
        }
    }

    /** The same gateway with another token. */
    public RestClient with(String otherToken) {
        return new RestClient(gateway, otherToken, http, more, observer);
    }

    /** The same, with one more header on every call. */
    public RestClient withHeader(String name, String value) {
        var all = new LinkedHashMap<>(more);
        all.put(name, value);
        return new RestClient(gateway, token, http, all, observer);
    }

    /** The same, with an observer. */
    public RestClient watchedBy(Observer other) {
        return new RestClient(gateway, token, http, more, other);
    }

    private RestClient(URI gateway, String token, HttpClient http, Map<String, String> more, Observer observer) {
        this.observer = observer;
        this.gateway = gateway;
        this.token = token;
        this.http = http;
        this.more = Map.copyOf(more);
    }

    public Answer get(String path) throws IOException {
        return send(request(path).GET());
    }

    public Answer delete(String path) throws IOException {
        return send(request(path).DELETE());
    }

    /** @param json empty for no body */
    public Answer post(String path, String json) throws IOException {
        return send(request(path, json).POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public Answer put(String path, String json) throws IOException {
        return send(request(path, json).PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    /**
     * Listens to server-sent events.
     *
     * @param lastSeen the id of the event after which to go on; empty to begin with the next one
     */
    public EventListener listen(String path, Optional<String> lastSeen) throws IOException {
        var request = request(path).header("Accept", "text/event-stream").GET();
        lastSeen.ifPresent(id -> request.header("Last-Event-ID", id));
        return EventListener.on(send(request, HttpResponse.BodyHandlers.ofInputStream()));
    }

    private HttpRequest.Builder request(String path, String json) {
        return json.isEmpty() ? request(path) : request(path).header("Content-Type", "application/json");
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(gateway.resolve(path)).timeout(ANSWER);
        more.forEach(request::header);
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private Answer send(HttpRequest.Builder request) throws IOException {
        var response = send(request, HttpResponse.BodyHandlers.ofString());
        var answer = new Answer(response.statusCode(), json(response), response.headers());
        var uri = response.request().uri();
        var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        observer.answered(response.request().method(), uri.getRawPath() + query, answer);
        return answer;
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) throws IOException {
        try {
            return http.send(request.build(), body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the gateway", e);
        }
    }

    /** What is no JSON is text; nothing is a missing node. */
    private static JsonNode json(HttpResponse<String> response) throws IOException {
        var type = response.headers().firstValue("Content-Type").orElse("");
        if (response.body().isEmpty()) {
            return MissingNode.getInstance();
        }
        return type.contains("json") ? JSON.readTree(response.body()) : TextNode.valueOf(response.body());
    }
}
