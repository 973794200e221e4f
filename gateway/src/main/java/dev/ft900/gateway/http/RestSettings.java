package dev.ft900.gateway.http;

import java.util.Set;

/**
 * How the HTTPS server is to behave.
 *
 * @param callsPerSecond how many calls each caller has a second
 * @param mostConnections how many connections are held at a time
 * @param origins of pages that may call from a browser, such as {@code https://panel.example}; empty for none but our own
 */
public record RestSettings(int callsPerSecond, int mostConnections, Set<String> origins) {
    /** For a gateway that serves one machine or one lab. */
    public static final RestSettings USUAL = new RestSettings(50_000, 5_000, Set.of());

    public RestSettings {
        origins = Set.copyOf(origins);
    }
}
