package dev.ft900.gateway.http;

import dev.ft900.gateway.device.CommandCall;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.Result;
import dev.ft900.protocol.name.BoardId;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/** Asks a board and makes an answer of what comes back, with the command's id and the time of each hop in the headers. */
@Singleton
public final class Commanding {
    /** By which the board, the broker and the gateway's log know the command. */
    static final String COMMAND_ID = "X-Command-Id";

    static final String SERVER_TIMING = "Server-Timing";

    /** With more commands than this under way, threads have something else to do than to wait. */
    private static final int MOST_WAITED_FOR = 2;

    private static final Duration WAIT = Duration.ofMillis(10);

    private final Devices devices;
    private final BriefWait brief;

    @Inject
    public Commanding(Devices devices) {
        this.devices = devices;
        this.brief = new BriefWait(devices.commands()::underWay, MOST_WAITED_FOR, WAIT);
    }

    /** What a caller is shown of a result. */
    interface View<R> extends BiFunction<CommandCall, R, Map<String, Object>> {}

    /**
     * Asks a board for something.
     *
     * @param id as it stands in the address
     * @param kind the result that this command has
     */
    <R extends Result> CompletionStage<Response> read(
            ContainerRequestContext request, String id, Command command, Class<R> kind, View<R> view) {
        var call = Call.of(request, devices.commandPatience());
        return ask(call, devices.board(id), command, kind, Response.Status.OK, view);
    }

    /** Asks a board to change something, or keeps the command for it, if that is wished. */
    <R extends Result> CompletionStage<Response> write(
            ContainerRequestContext request, String id, Command command, Class<R> kind, View<R> view) {
        return write(request, id, command, kind, Response.Status.OK, view);
    }

    /** @param good the status of a good answer */
    <R extends Result> CompletionStage<Response> write(
            ContainerRequestContext request,
            String id,
            Command command,
            Class<R> kind,
            Response.Status good,
            View<R> view) {
        var call = Call.of(request, devices.commandPatience());
        var board = devices.board(id);
        return Queueing.queued(devices, request, call, board, command)
                .<CompletionStage<Response>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> ask(call, board, command, kind, good, view));
    }

    private <R extends Result> CompletionStage<Response> ask(
            Call call, BoardId board, Command command, Class<R> kind, Response.Status good, View<R> view) {
        var asked = devices.commands().ask(board, command, call.origin(), call.patience());
        BiFunction<Result, Throwable, Response> answer =
                (result, failure) -> failure == null ? done(asked, result, kind, good, view) : failed(asked, failure);
        return brief.isOver(asked.result())
                ? asked.result().handle(answer)
                : asked.result().handleAsync(answer, call.on(devices.executor()));
    }

    private static <R extends Result> Response done(
            CommandCall asked, Result result, Class<R> kind, Response.Status good, View<R> view) {
        if (!kind.isInstance(result)) {
            return failed(
                    asked,
                    new ProblemException(
                            Problem.Kind.BOARD_REFUSED,
                            asked.board()
                                    + " answered something else than was asked; its firmware speaks another dialect"));
        }
        try {
            return headers(asked, Response.status(good).entity(view.apply(asked, kind.cast(result))))
                    .build();
        } catch (ProblemException e) {
            return failed(asked, e);
        }
    }

    static Response failed(CommandCall asked, Throwable failure) {
        return headers(asked, Response.fromResponse(Problems.of(failure).response()))
                .build();
    }

    /** What is known of a command's way, for the caller. */
    static Response.ResponseBuilder headers(CommandCall asked, Response.ResponseBuilder answer) {
        asked.id().ifPresent(id -> answer.header(COMMAND_ID, id.value()));
        var timing = Timings.header(asked.hops());
        return timing.isEmpty() ? answer : answer.header(SERVER_TIMING, timing);
    }
}
