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
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Asks a board and makes an answer of what comes back, with the command's id and the time of each hop in the headers. */
@Singleton
public final class Commanding {
    /** By which the board, the broker and the gateway's log know the command. */
    static final String COMMAND_ID = "X-Command-Id";

    static final String SERVER_TIMING = "Server-Timing";

    private final Devices devices;

    @Inject
    public Commanding(Devices devices) {
        this.devices = devices;
    }

    /**
     * Asks a board.
     *
     * @param kind the result that this command has
     * @param view what the caller is shown of it
     */
    <R extends Result> CompletionStage<Response> ask(
            ContainerRequestContext request,
            BoardId board,
            Command command,
            Class<R> kind,
            Function<R, Map<String, Object>> view) {
        var call = Call.of(request, devices.commandPatience());
        var asked = devices.commands().ask(board, command, call.origin(), call.patience());
        return asked.result()
                .handleAsync(
                        (result, failure) -> failure == null ? done(asked, result, kind, view) : failed(asked, failure),
                        call.on(devices.executor()));
    }

    private static <R extends Result> Response done(
            CommandCall asked, Result result, Class<R> kind, Function<R, Map<String, Object>> view) {
        if (!kind.isInstance(result)) {
            return failed(
                    asked,
                    new ProblemException(
                            Problem.Kind.BOARD_REFUSED,
                            asked.board()
                                    + " answered something else than was asked; its firmware speaks another dialect"));
        }
        try {
            return headers(asked, Response.ok(view.apply(kind.cast(result)))).build();
        } catch (ProblemException e) {
            return failed(asked, e);
        }
    }

    private static Response failed(CommandCall asked, Throwable failure) {
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
