package dev.ft900.gateway.http;

import java.time.Duration;
import java.util.Set;

/**
 * How the HTTPS server is to behave.
 *
 * @param origins of pages that may call from a browser, such as {@code https://panel.example}; empty for none but our own
 * @param limits how much it takes
 * @param audit how much of the audit log is kept
 * @param hsts whether browsers are told to come by HTTPS only, for a year
 */
public record RestSettings(Set<String> origins, Limits limits, AuditKept audit, boolean hsts) {
    /** For a gateway that serves one machine or one lab. */
    public static final RestSettings USUAL = new RestSettings(Set.of(), Limits.USUAL);

    public RestSettings(Set<String> origins, Limits limits) {
        this(origins, limits, AuditKept.USUAL, false);
    }

    public RestSettings {
        origins = Set.copyOf(origins);
    }

    /**
     * How much of the audit log is kept.
     *
     * @param entries at most
     */
    public record AuditKept(Duration time, int entries) {
        public static final AuditKept USUAL = new AuditKept(Duration.ofDays(400), 1_000_000);
    }

    /**
     * How much the HTTPS server takes.
     *
     * @param callsPerSecond of each caller
     * @param connections at a time
     * @param eventStreams at a time
     * @param bodyBytes of a request
     * @param headerBytes of a request, with its first line
     * @param urlBytes of a request: path and query
     * @param idle how long a connection may be silent
     */
    public record Limits(
            int callsPerSecond,
            int connections,
            int eventStreams,
            int bodyBytes,
            int headerBytes,
            int urlBytes,
            Duration idle) {
        public static final Limits USUAL =
                new Limits(50_000, 5_000, 200, 16 * 1_024, 8 * 1_024, 2 * 1_024, Duration.ofSeconds(60));
    }
}
