package dev.ft900.gateway.http;

import dev.ft900.gateway.device.Operation;
import dev.ft900.gateway.device.QueuedCommand;
import dev.ft900.gateway.device.Standing;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.name.BoardId;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps commands for boards that are not there, for those who ask for it with {@code ?queue=60s}. */
final class Queueing {
    static final String PARAMETER = "queue";

    /** How long a command may wait. */
    static final Duration LONGEST = Duration.ofHours(24);

    private Queueing() {}

    /** The answer for a command that is kept; empty when it is to be sent now. */
    static Optional<Response> queued(
            Devices devices, ContainerRequestContext request, Call call, BoardId board, Command command) {
        var within = request.getUriInfo().getQueryParameters().getFirst(PARAMETER);
        if (within == null) {
            return Optional.empty();
        }
        var span = Queries.duration(within, PARAMETER, LONGEST);
        var standing = devices.presence()
                .standing(board)
                .orElseThrow(() ->
                        new ProblemException(Problem.Kind.UNKNOWN_DEVICE, "no device " + board + " is registered"));
        if (!(standing instanceof Standing.Offline) && !devices.queue().isWaiting(board)) {
            return Optional.empty();
        }
        var queued = devices.queue()
                .add(board, command, call.origin(), span)
                .orElseThrow(() -> new ProblemException(
                        Problem.Kind.QUEUE_FULL, "as many commands wait for " + board + " as this gateway keeps"));
        return Optional.of(Response.status(Response.Status.ACCEPTED)
                .location(URI.create("api/v1/devices/" + board + "/queue/" + queued.id()))
                .entity(view(queued))
                .build());
    }

    static Map<String, Object> view(QueuedCommand queued) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", queued.id());
        view.put("state", queued.state().word());
        view.put("operation", Operation.of(queued.command()));
        view.put("arguments", CommandViews.arguments(queued.command()));
        view.put("requestId", queued.origin().requestId());
        view.put("caller", queued.origin().caller());
        view.put("created", queued.created().toString());
        view.put("deadline", queued.deadline().toString());
        queued.commandId().ifPresent(id -> view.put("commandId", id));
        queued.ended().ifPresent(at -> view.put("ended", at.toString()));
        queued.outcome().ifPresent(outcome -> view.put("outcome", outcome));
        if (!queued.detail().isEmpty()) {
            view.put("detail", queued.detail());
        }
        return view;
    }
}
