package dev.ft900.gateway.http;

import dev.ft900.gateway.access.Role;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.Result;
import dev.ft900.protocol.name.Quoted;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** {@code /api/v1/devices/ID/...}: reset, status, network, UART. */
@Singleton
@Path("api/v1/devices/{id}")
@Produces(MediaType.APPLICATION_JSON)
public final class ControlResource {
    private final Devices devices;
    private final Commanding boards;

    @Inject
    public ControlResource(Devices devices, Commanding boards) {
        this.devices = devices;
        this.boards = boards;
    }

    /** Answers when the board is back; or, with {@code ?wait=false} or {@code ?queue=}, when it has agreed or the command is kept. */
    @POST
    @Path("reset")
    @Needs(Role.OPERATOR)
    public CompletionStage<Response> reset(@Context ContainerRequestContext request, @PathParam("id") String id) {
        var query = request.getUriInfo().getQueryParameters();
        if (!Queries.flag(query.getFirst("wait"), "wait", true) || query.containsKey(Queueing.PARAMETER)) {
            return boards.write(
                    request,
                    id,
                    new Command.Reset(),
                    Result.Resetting.class,
                    Response.Status.ACCEPTED,
                    (asked, result) -> Map.of("state", "resetting"));
        }
        var call = Call.of(request, devices.commandPatience());
        var asked = devices.resets().reset(devices.board(id), call.origin(), call.patience(), devices.resetPatience());
        return asked.back()
                .handleAsync(
                        (back, failure) -> failure == null
                                ? Commanding.headers(asked.call(), Response.ok(Views.back(back)))
                                        .build()
                                : Commanding.failed(asked.call(), failure),
                        call.on(devices.executor()));
    }

    @GET
    @Path("status")
    @Needs(Role.VIEWER)
    public CompletionStage<Response> status(@Context ContainerRequestContext request, @PathParam("id") String id) {
        if (LastViews.isWanted(request)) {
            return LastViews.answer(devices, id, board -> devices.lastKnown()
                    .status(board)
                    .map(seen -> LastViews.of(devices, seen, Views.status(seen.value()))));
        }
        return boards.read(
                request,
                id,
                new Command.ReadStatus(),
                Result.Status.class,
                (asked, result) -> Views.status(result.status()));
    }

    @GET
    @Path("network")
    @Needs(Role.VIEWER)
    public CompletionStage<Response> network(@Context ContainerRequestContext request, @PathParam("id") String id) {
        if (LastViews.isWanted(request)) {
            return LastViews.answer(devices, id, board -> devices.lastKnown()
                    .network(board)
                    .map(seen -> LastViews.of(devices, seen, Views.network(seen.value()))));
        }
        return boards.read(
                request,
                id,
                new Command.ReadNetwork(),
                Result.Network.class,
                (asked, result) -> Views.network(result.network()));
    }

    @POST
    @Path("uart")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.OPERATOR)
    public CompletionStage<Response> writeUart(
            @Context ContainerRequestContext request, @PathParam("id") String id, byte[] json) {
        var body = Body.read(json, "text", "port");
        var text = body.text("text")
                .orElseThrow(() -> new ProblemException(Problem.Kind.BAD_VALUE, "expected text; got none"));
        long port = body.number("port").orElse(0L);
        return boards.write(
                request,
                id,
                uartCommand(port, text),
                Result.UartWritten.class,
                (asked, result) -> Map.of("port", port, "bytes", result.bytes()));
    }

    private static Command uartCommand(long port, String text) {
        if (port != 0 && port != 1) {
            throw new ProblemException(Problem.Kind.BAD_VALUE, "expected port to be 0 or 1; got " + port);
        }
        try {
            return new Command.WriteUart((int) port, text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.Kind.BAD_VALUE, e.getMessage() + ", for " + Quoted.of(text));
        }
    }
}
