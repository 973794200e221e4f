package dev.ft900.gateway.http;

import dev.ft900.gateway.access.Role;
import dev.ft900.protocol.message.ClockState;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.Result;
import dev.ft900.protocol.name.Quoted;
import dev.ft900.protocol.pad.Direction;
import dev.ft900.protocol.pad.Edge;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pull;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** {@code /api/v1/devices/ID/...}: what a board is asked to do. Every answer comes from the board itself. */
@Singleton
@Path("api/v1/devices/{id}")
@Produces(MediaType.APPLICATION_JSON)
public final class CommandsResource {
    private final Devices devices;

    @Inject
    public CommandsResource(Devices devices) {
        this.devices = devices;
    }

    @GET
    @Path("gpio")
    @Needs(Role.VIEWER)
    public CompletionStage<Map<String, Object>> pads(@PathParam("id") String id) {
        return ask(id, new Command.ReadPads(), Result.AllPads.class, result -> Views.pads(result.state()));
    }

    @GET
    @Path("gpio/{pin}")
    @Needs(Role.VIEWER)
    public CompletionStage<Map<String, Object>> pad(@PathParam("id") String id, @PathParam("pin") String pin) {
        return ask(id, new Command.ReadPad(PathIds.pad(pin)), Result.OnePad.class, result -> Views.pad(result.state()));
    }

    @PUT
    @Path("gpio/{pin}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.OPERATOR)
    public CompletionStage<Map<String, Object>> setPad(
            @PathParam("id") String id, @PathParam("pin") String pin, byte[] json) {
        var body = Body.read(json, "pin", "value", "direction", "pull", "edge");
        var pad = PathIds.pad(pin);
        body.number("pin").filter(named -> named != pad.number()).ifPresent(named -> {
            throw new ProblemException(
                    Problem.Kind.BAD_VALUE, "expected pin " + pad + ", as in the address; got " + named);
        });
        var level = body.number("value").map(value -> Level.from(value)
                .orElseThrow(() ->
                        new ProblemException(Problem.Kind.BAD_VALUE, "expected value to be 0 or 1; got " + value)));
        var direction = body.of("direction", Direction::from, "in, out or od");
        var pull = body.of("pull", Pull::from, "none, down, up or keep");
        var edge = body.of("edge", Edge::from, "none, rise, fall or both");
        if (level.isEmpty() && direction.isEmpty() && pull.isEmpty() && edge.isEmpty()) {
            throw new ProblemException(
                    Problem.Kind.BAD_VALUE, "expected at least one of value, direction, pull, edge; got none");
        }
        return ask(
                id,
                new Command.WritePad(pad, level, direction, pull, edge),
                Result.OnePad.class,
                result -> Views.pad(result.state()));
    }

    @GET
    @Path("rtc")
    @Needs(Role.VIEWER)
    public CompletionStage<Map<String, Object>> clock(@PathParam("id") String id) {
        return ask(id, new Command.ReadClock(), Result.Clock.class, result -> clockView(id, result));
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
    public CompletionStage<Map<String, Object>> setClock(@PathParam("id") String id, byte[] json) {
        var body = Body.read(json, "epoch", "time");
        var epoch = body.number("epoch");
        var time = body.of("time", CommandsResource::epochOf, "a time such as 2026-11-22T19:03:00Z");
        if (epoch.isPresent() == time.isPresent()) {
            throw new ProblemException(Problem.Kind.BAD_VALUE, "expected either epoch or time");
        }
        return ask(
                id,
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
    public CompletionStage<Map<String, Object>> reset(@PathParam("id") String id) {
        return devices.resets()
                .reset(PathIds.board(id), devices.commandPatience(), devices.resetPatience())
                .thenApplyAsync(Views::back, devices.executor());
    }

    @GET
    @Path("status")
    @Needs(Role.VIEWER)
    public CompletionStage<Map<String, Object>> status(@PathParam("id") String id) {
        return ask(id, new Command.ReadStatus(), Result.Status.class, result -> Views.status(result.status()));
    }

    @GET
    @Path("network")
    @Needs(Role.VIEWER)
    public CompletionStage<Map<String, Object>> network(@PathParam("id") String id) {
        return ask(id, new Command.ReadNetwork(), Result.Network.class, result -> Views.network(result.network()));
    }

    @POST
    @Path("uart")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.OPERATOR)
    public CompletionStage<Map<String, Object>> writeUart(@PathParam("id") String id, byte[] json) {
        var body = Body.read(json, "text", "port");
        var text = body.text("text")
                .orElseThrow(() -> new ProblemException(Problem.Kind.BAD_VALUE, "expected text; got none"));
        long port = body.number("port").orElse(0L);
        return ask(
                id,
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

    private <R extends Result> CompletionStage<Map<String, Object>> ask(
            String id, Command command, Class<R> kind, Function<R, Map<String, Object>> view) {
        return devices.commands()
                .ask(PathIds.board(id), command, devices.commandPatience())
                .thenApplyAsync(
                        result -> {
                            if (!kind.isInstance(result)) {
                                throw new ProblemException(
                                        Problem.Kind.BOARD_REFUSED,
                                        id
                                                + " answered something else than was asked; its firmware speaks another dialect");
                            }
                            return view.apply(kind.cast(result));
                        },
                        devices.executor());
    }
}
