package dev.ft900.gateway.http;

import dev.ft900.gateway.access.Role;
import dev.ft900.gateway.device.CommandCall;
import dev.ft900.protocol.message.ClockState;
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
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** {@code /api/v1/devices/ID/rtc}: a board's clock, in UTC, beside the gateway's. */
@Singleton
@Path("api/v1/devices/{id}/rtc")
@Produces(MediaType.APPLICATION_JSON)
public final class ClockResource {
    private final Devices devices;
    private final Commanding boards;

    @Inject
    public ClockResource(Devices devices, Commanding boards) {
        this.devices = devices;
        this.boards = boards;
    }

    @GET
    @Needs(Role.VIEWER)
    public CompletionStage<Response> clock(@Context ContainerRequestContext request, @PathParam("id") String id) {
        if (LastViews.isWanted(request)) {
            return LastViews.answer(devices, id, board -> devices.lastKnown()
                    .clock(board)
                    .map(seen -> LastViews.of(devices, seen, set(id, seen.value(), seen.at()))));
        }
        return boards.read(request, id, new Command.ReadClock(), Result.Clock.class, this::view);
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.OPERATOR)
    public CompletionStage<Response> setClock(
            @Context ContainerRequestContext request, @PathParam("id") String id, byte[] json) {
        var body = Body.read(json, "epoch", "time");
        var epoch = body.number("epoch");
        var time = body.of("time", this::epochOf, "a time such as 2026-11-22T19:03:00Z, or now");
        if (epoch.isPresent() == time.isPresent()) {
            throw new ProblemException(Problem.Kind.BAD_VALUE, "expected either epoch or time");
        }
        return boards.write(
                request,
                id,
                new Command.SetClock(clockAt(epoch.or(() -> time).orElseThrow())),
                Result.Clock.class,
                this::view);
    }

    /** The board took its reading somewhere between question and answer; half of that is the best guess. */
    private Map<String, Object> view(CommandCall asked, Result.Clock result) {
        var taken = asked.at()
                .plus(Duration.between(asked.at(), devices.clock().instant()).dividedBy(2));
        return set(asked.board().value(), result.state(), taken);
    }

    private static Map<String, Object> set(String id, ClockState state, Instant taken) {
        if (state instanceof ClockState.Set set) {
            return Views.clock(set, taken);
        }
        throw new ProblemException(
                Problem.Kind.CLOCK_UNSET,
                "the clock of " + id + " has not been set since it got power; PUT a time first");
    }

    private Optional<Long> epochOf(String time) {
        if (time.equals("now")) {
            return Optional.of(devices.clock().instant().getEpochSecond());
        }
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
}
