package dev.ft900.gateway.broker.outside;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Ends sessions at RabbitMQ by its HTTP API. */
final class RabbitMqSessions implements SessionEnder {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int NO_CONTENT = 204;
    private static final int NOT_FOUND = 404;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI base;
    private final String authorization;

    RabbitMqSessions(KitSettings.RabbitMq settings) {
        base = settings.management();
        authorization = "Basic "
                + Base64.getEncoder()
                        .encodeToString((settings.user() + ":" + settings.password()).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void end(String commonName) throws IOException, InterruptedException {
        var user = URLEncoder.encode(commonName, StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(base.resolve("/api/connections/username/" + user))
                .header("Authorization", authorization)
                .timeout(PATIENCE)
                .DELETE()
                .build();
        int status = http.send(request, BodyHandlers.discarding()).statusCode();
        if (status != NO_CONTENT && status != NOT_FOUND) {
            throw new IOException("RabbitMQ's HTTP API answered " + status);
        }
    }
}
