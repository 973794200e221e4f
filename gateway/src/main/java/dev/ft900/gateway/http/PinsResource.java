package dev.ft900.gateway.http;

import dev.ft900.gateway.access.Role;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.Result;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** {@code /api/v1/devices/ID/gpio}: pins. Every answer comes from the board itself, unless what was last known is asked for. */
@Singleton
@Path("api/v1/devices/{id}")
@Produces(MediaType.APPLICATION_JSON)
public final class PinsResource {
    private final Devices devices;
    private final Commanding boards;

    @Inject
    public PinsResource(Devices devices, Commanding boards) {
        this.devices = devices;
        this.boards = boards;
    }

    @GET
    @Path("gpio")
    @Needs(Role.VIEWER)
    public CompletionStage<Response> pads(@Context ContainerRequestContext request, @PathParam("id") String id) {
        if (LastViews.isWanted(request)) {
            return LastViews.answer(devices, id, board -> LastViews.pads(devices, board));
        }
        return boards.read(
                request,
                id,
                new Command.ReadPads(),
                Result.AllPads.class,
                (asked, result) -> Views.pads(result.state()));
    }

    /** Changes many pins as one step: all or none. */
    @PUT
    @Path("gpio")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.OPERATOR)
    public CompletionStage<Response> setPads(
            @Context ContainerRequestContext request, @PathParam("id") String id, byte[] json) {
        return boards.write(
                request,
                id,
                PinChanges.many(json),
                Result.AllPads.class,
                (asked, result) -> Views.pads(result.state()));
    }

    @GET
    @Path("gpio/{pin}")
    @Needs(Role.VIEWER)
    public CompletionStage<Response> pad(
            @Context ContainerRequestContext request, @PathParam("id") String id, @PathParam("pin") String pin) {
        var pad = PathIds.pad(pin);
        if (LastViews.isWanted(request)) {
            return LastViews.answer(devices, id, board -> devices.lastKnown()
                    .pad(board, pad)
                    .map(seen -> LastViews.of(devices, seen, Views.pad(seen.value()))));
        }
        return boards.read(
                request,
                id,
                new Command.ReadPad(pad),
                Result.OnePad.class,
                (asked, result) -> Views.pad(result.state()));
    }

    @PUT
    @Path("gpio/{pin}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.OPERATOR)
    public CompletionStage<Response> setPad(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @PathParam("pin") String pin,
            byte[] json) {
        return boards.write(
                request,
                id,
                PinChanges.one(PathIds.pad(pin), json),
                Result.OnePad.class,
                (asked, result) -> Views.pad(result.state()));
    }
}
