package dev.ft900.gateway.http;

import dev.ft900.gateway.access.TokenStore;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;

/** Lets a request through if its token has the role that the method {@link Needs}. */
final class AccessFilter implements ContainerRequestFilter {
    private static final String BEARER = "Bearer ";

    private final TokenStore tokens;

    @Context
    private ResourceInfo resource;

    AccessFilter(TokenStore tokens) {
        this.tokens = tokens;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        var needs = resource.getResourceMethod().getAnnotation(Needs.class);
        if (needs == null) {
            return;
        }
        var header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new ProblemException(
                    Problem.Kind.UNAUTHORIZED,
                    "expected the header Authorization: Bearer TOKEN; send a token of this gateway");
        }
        var caller = tokens.verify(header.substring(BEARER.length()).strip())
                .orElseThrow(() -> new ProblemException(
                        Problem.Kind.UNAUTHORIZED,
                        "expected a token of this gateway; this one is not known, or was revoked"));
        if (!caller.role().includes(needs.value())) {
            throw new ProblemException(
                    Problem.Kind.FORBIDDEN,
                    "expected a token with the role " + needs.value().word() + "; this one has the role "
                            + caller.role().word());
        }
        request.setProperty(Call.CALLER, caller);
    }
}
