package dev.ft900.gateway.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.io.IOException;

/**
 * Reads what is left of a refused request's body, within the limit for bodies: a connection on which something is left unread is closed,
 * and the caller's next request on it would fail for no reason that the caller can see.
 */
final class UnreadBodyFilter implements ContainerResponseFilter {
    private static final int REFUSED = 400;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() < REFUSED || request.getLength() == 0) {
            return;
        }
        try {
            request.getEntityStream().readNBytes(Body.MAX_BYTES + 1);
        } catch (IOException | RuntimeException e) {
            // Too long, read already, or gone: then there is nothing to save.
            return;
        }
    }
}
