package dev.ft900.gateway.http;

import dev.ft900.gateway.device.CommandCall;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.Result;
import dev.ft900.protocol.name.BoardId;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/** Asks a board and makes an answer of what comes back, with the command's id and the time of each hop in the headers. */
@Singleton
public final class Commanding {
    /** By which the board, the broker and the gateway's log know the command. */
    static final String COMMAND_ID = "X-Command-Id";

    static final String SERVER_TIMING = "Server-Timing";

    private final Devices devices;
    private final BriefWait brief;

    @Inject
    public Commanding(Devices devices) {
        this.devices = devices;
        this.brief = BriefWait.of(devices.commands());
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
                (result, failure) -> answer(asked, result, failure, kind, good, view);
        return brief.isOver(asked.result())
                ? asked.result().handle(answer)
                : asked.result().handleAsync(answer, call.on(devices.executor()));
    }

    private static <R extends Result> Response answer(
            CommandCall asked, Result result, Throwable failure, Class<R> kind, Response.Status good, View<R> view) {
        try {
            var entity = view(asked, result, failure, kind, view);
            return headers(asked, Response.status(good).entity(entity)).build();
        } catch (ProblemException e) {
            return failed(asked, e);
        }
    }

    /**
     * What a caller is shown of what came of a command.
     *
     * @param failure null when the board did it
     * @throws ProblemException it came to nothing
     */
    static <R extends Result> Map<String, Object> view(
            CommandCall asked, Result result, Throwable failure, Class<R> kind, View<R> view) {
        if (failure != null) {
            throw new ProblemException(Problems.of(failure));
        }
        if (!kind.isInstance(result)) {
            throw new ProblemException(
                    Problem.Kind.BOARD_REFUSED,
                    asked.board() + " answered something else than was asked; its firmware speaks another dialect");
        }
        return view.apply(asked, kind.cast(result));
    }

    static Response failed(CommandCall asked, Throwable failure) {
        return headers(asked, Response.fromResponse(Problems.of(failure).response()))
                .build();
    }

    static Response.ResponseBuilder headers(CommandCall asked, Response.ResponseBuilder answer) {
        headers(asked, answer::header);
        return answer;
    }

    /** Tells what is known of a command's way, for the caller. */
    static void headers(CommandCall asked, BiConsumer<String, String> to) {
        asked.id().ifPresent(id -> to.accept(COMMAND_ID, id.value()));
        var timing = Timings.header(asked.hops());
        if (!timing.isEmpty()) {
            to.accept(SERVER_TIMING, timing);
        }
    }
}
