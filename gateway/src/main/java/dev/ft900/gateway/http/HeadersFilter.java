package dev.ft900.gateway.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Map;

/**
 * What every answer says to browsers and caches, where the resource says nothing else: keep nothing, guess nothing, run nothing, show it in
 * no frame.
 */
final class HeadersFilter implements ContainerResponseFilter {
    private static final Map<String, String> HEADERS = Map.of(
            HttpHeaders.CACHE_CONTROL,
            "no-store",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Content-Security-Policy",
            "default-src 'none'; frame-ancestors 'none'");

    private final List<Map.Entry<String, String>> headers = List.copyOf(HEADERS.entrySet());

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        var given = response.getHeaders();
        for (var header : headers) {
            if (!given.containsKey(header.getKey())) {
                given.putSingle(header.getKey(), header.getValue());
            }
        }
    }
}
