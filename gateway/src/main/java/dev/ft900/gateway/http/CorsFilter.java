package dev.ft900.gateway.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Response;
import java.util.Set;

/** Lets pages of named origins, and of no others, call the API from a browser (WHATWG Fetch, CORS). Without names nobody is let. */
@PreMatching
final class CorsFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String ORIGIN = "Origin";
    private static final String METHOD = "Access-Control-Request-Method";

    private final Set<String> origins;

    CorsFilter(Set<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getMethod().equals(HttpMethod.OPTIONS)
                && request.getHeaderString(METHOD) != null
                && isLet(request)) {
            request.abortWith(Response.noContent()
                    .header("Access-Control-Allow-Methods", "GET, PUT, POST, DELETE")
                    .header(
                            "Access-Control-Allow-Headers",
                            "Authorization, Content-Type, Idempotency-Key, Last-Event-ID, X-Request-Id")
                    .header("Access-Control-Max-Age", "600")
                    .build());
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (isLet(request)) {
            response.getHeaders().putSingle("Access-Control-Allow-Origin", request.getHeaderString(ORIGIN));
            response.getHeaders()
                    .putSingle("Access-Control-Expose-Headers", "Location, Server-Timing, X-Command-Id, X-Request-Id");
            response.getHeaders().putSingle("Cross-Origin-Resource-Policy", "cross-origin");
            response.getHeaders().add("Vary", ORIGIN);
        }
    }

    private boolean isLet(ContainerRequestContext request) {
        var origin = request.getHeaderString(ORIGIN);
        return origin != null && origins.contains(origin);
    }
}
