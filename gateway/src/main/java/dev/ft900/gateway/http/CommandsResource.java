package dev.ft900.gateway.http;

import dev.ft900.gateway.access.Role;
import dev.ft900.protocol.message.ClockState;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.Result;
import dev.ft900.protocol.name.Quoted;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** {@code /api/v1/devices/ID/...}: what a board is asked to do. Every answer comes from the board itself. */
@Singleton
@Path("api/v1/devices/{id}")
@Produces(MediaType.APPLICATION_JSON)
public final class CommandsResource {
    private final Devices devices;
    private final Commanding boards;

    @Inject
    public CommandsResource(Devices devices, Commanding boards) {
        this.devices = devices;
        this.boards = boards;
    }

    @GET
    @Path("gpio")
    @Needs(Role.VIEWER)
    public CompletionStage<Response> pads(@Context ContainerRequestContext request, @PathParam("id") String id) {
        return boards.ask(
                request,
                PathIds.board(id),
                new Command.ReadPads(),
                Result.AllPads.class,
                result -> Views.pads(result.state()));
    }

    /** Changes many pins as one step: all or none. */
    @PUT
    @Path("gpio")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.OPERATOR)
    public CompletionStage<Response> setPads(
            @Context ContainerRequestContext request, @PathParam("id") String id, byte[] json) {
        return boards.ask(
                request,
                PathIds.board(id),
                PinChanges.many(json),
                Result.AllPads.class,
                result -> Views.pads(result.state()));
    }

    @GET
    @Path("gpio/{pin}")
    @Needs(Role.VIEWER)
    public CompletionStage<Response> pad(
            @Context ContainerRequestContext request, @PathParam("id") String id, @PathParam("pin") String pin) {
        return boards.ask(
                request,
                PathIds.board(id),
                new Command.ReadPad(PathIds.pad(pin)),
                Result.OnePad.class,
                result -> Views.pad(result.state()));
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
        return boards.ask(
                request,
                PathIds.board(id),
                PinChanges.one(PathIds.pad(pin), json),
                Result.OnePad.class,
                result -> Views.pad(result.state()));
    }

    @GET
    @Path("rtc")
    @Needs(Role.VIEWER)
    public CompletionStage<Response> clock(@Context ContainerRequestContext request, @PathParam("id") String id) {
        return boards.ask(
                request,
                PathIds.board(id),
                new Command.ReadClock(),
                Result.Clock.class,
                result -> clockView(id, result));
    }

    private static Map<String, Object> clockView(String id, Result.Clock result) {
        if (result.state() instanceof ClockState.Set set) {
            return Views.clock(set);
        }
        throw new ProblemException(
                Problem.Kind.CLOCK_UNSET,
                "the clock of " + id + " has not been set since it got power; PUT a time first");
    }

    @PUT
    @Path("rtc")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.OPERATOR)
    public CompletionStage<Response> setClock(
            @Context ContainerRequestContext request, @PathParam("id") String id, byte[] json) {
        var body = Body.read(json, "epoch", "time");
        var epoch = body.number("epoch");
        var time = body.of("time", CommandsResource::epochOf, "a time such as 2026-11-22T19:03:00Z");
        if (epoch.isPresent() == time.isPresent()) {
            throw new ProblemException(Problem.Kind.BAD_VALUE, "expected either epoch or time");
        }
        return boards.ask(
                request,
                PathIds.board(id),
                new Command.SetClock(clockAt(epoch.or(() -> time).orElseThrow())),
                Result.Clock.class,
                result -> clockView(id, result));
    }

    private static Optional<Long> epochOf(String time) {
        try {
            return Optional.of(OffsetDateTime.parse(time).toEpochSecond());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static ClockState.Set clockAt(long epoch) {
        if (epoch < 0 || epoch > ClockState.Set.MAX_EPOCH_SECONDS) {
            throw new ProblemException(
                    Problem.Kind.BAD_VALUE,
                    "expected a time from 0 to " + ClockState.Set.MAX_EPOCH_SECONDS + " seconds since 1970; got "
                            + epoch);
        }
        return new ClockState.Set(epoch);
    }

    @POST
    @Path("reset")
    @Needs(Role.OPERATOR)
    public CompletionStage<Response> reset(@Context ContainerRequestContext request, @PathParam("id") String id) {
        var call = Call.of(request, devices.commandPatience());
        return devices.resets()
                .reset(PathIds.board(id), call.origin(), call.patience(), devices.resetPatience())
                .thenApplyAsync(back -> Response.ok(Views.back(back)).build(), call.on(devices.executor()));
    }

    @GET
    @Path("status")
    @Needs(Role.VIEWER)
    public CompletionStage<Response> status(@Context ContainerRequestContext request, @PathParam("id") String id) {
        return boards.ask(
                request,
                PathIds.board(id),
                new Command.ReadStatus(),
                Result.Status.class,
                result -> Views.status(result.status()));
    }

    @GET
    @Path("network")
    @Needs(Role.VIEWER)
    public CompletionStage<Response> network(@Context ContainerRequestContext request, @PathParam("id") String id) {
        return boards.ask(
                request,
                PathIds.board(id),
                new Command.ReadNetwork(),
                Result.Network.class,
                result -> Views.network(result.network()));
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
        return boards.ask(
                request,
                PathIds.board(id),
                uartCommand(port, text),
                Result.UartWritten.class,
                result -> Map.of("port", port, "bytes", result.bytes()));
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
