package dev.ft900.gateway.http;

import dev.ft900.gateway.access.Role;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.glassfish.jersey.server.ChunkedOutput;

/** {@code /api/v1/events}: what happens to all boards, as it happens. */
@Singleton
@Path("api/v1/events")
@Produces(MediaType.SERVER_SENT_EVENTS)
public final class EventsResource {
    private final EventFeed feed;
    private final Scopes scopes;

    @Inject
    public EventsResource(EventFeed feed, Scopes scopes) {
        this.scopes = scopes;
        this.feed = feed;
    }

    @GET
    @Needs(Role.VIEWER)
    public ChunkedOutput<byte[]> events(
            @Context ContainerRequestContext request, @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) String lastSeen) {
        return feed.stream(board -> true, scopes.hearing(request, Optional.empty()), lastSeen);
    }

    /** Made from GET, as elsewhere, it would wait for the end of a stream that has none. */
    @HEAD
    @Needs(Role.VIEWER)
    public Response head() {
        return Response.ok().build();
    }
}
