package dev.ft900.gateway.http;

import dev.ft900.gateway.access.Role;
import dev.ft900.gateway.device.UnknownDeviceException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import org.glassfish.jersey.server.ChunkedOutput;

/** {@code /api/v1/devices/ID/events} and {@code .../commands}: what happens to one board, and what was asked of it. */
@Singleton
@Path("api/v1/devices/{id}")
public final class DeviceEventsResource {
    private final Devices devices;
    private final EventFeed feed;
    private final Scopes scopes;

    @Inject
    public DeviceEventsResource(Devices devices, EventFeed feed, Scopes scopes) {
        this.devices = devices;
        this.feed = feed;
        this.scopes = scopes;
    }

    @GET
    @Path("events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Needs(Role.VIEWER)
    public ChunkedOutput<byte[]> events(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) String lastSeen)
            throws UnknownDeviceException {
        var board = devices.known(id);
        return feed.stream(board::equals, scopes.hearing(request, Optional.of(board)), lastSeen);
    }

    /** Made from GET, as elsewhere, it would wait for the end of a stream that has none. */
    @HEAD
    @Path("events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Needs(Role.VIEWER)
    public Response head(@PathParam("id") String id) throws UnknownDeviceException {
        devices.known(id);
        return Response.ok().build();
    }

    /** The last commands, newest first. */
    @GET
    @Path("commands")
    @Produces(MediaType.APPLICATION_JSON)
    @Needs(Role.VIEWER)
    public Map<String, Object> commands(@PathParam("id") String id) throws UnknownDeviceException {
        var board = devices.known(id);
        return Map.of(
                "commands",
                devices.recent().of(board).stream().map(CommandViews::ended).toList());
    }
}
