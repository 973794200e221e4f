package dev.ft900.gateway.http;

import dev.ft900.gateway.device.LastKnown;
import dev.ft900.gateway.device.UnknownDeviceException;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.Quoted;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What was last known, for those who ask for it with {@code ?view=last}: always marked as such, and with its age. */
final class LastViews {
    private static final String PARAMETER = "view";

    private LastViews() {}

    static boolean isWanted(ContainerRequestContext request) {
        var view = request.getUriInfo().getQueryParameters().getFirst(PARAMETER);
        if (view == null || view.equals("live")) {
            return false;
        }
        if (view.equals("last")) {
            return true;
        }
        throw new ProblemException(Problem.Kind.BAD_VALUE, "expected view to be live or last; got " + Quoted.of(view));
    }

    /** @param find what is known of a board */
    static CompletionStage<Response> answer(
            Devices devices, String id, Function<BoardId, Optional<Map<String, Object>>> find) {
        try {
            var view = find.apply(devices.known(id))
                    .orElseThrow(() -> new ProblemException(
                            Problem.Kind.NEVER_SEEN,
                            "the gateway has not heard this from " + id
                                    + " since it started; ask the board, without view=last"));
            return CompletableFuture.completedFuture(Response.ok(view).build());
        } catch (UnknownDeviceException e) {
            throw new ProblemException(Problem.Kind.UNKNOWN_DEVICE, e.getMessage());
        }
    }

    static Map<String, Object> of(Devices devices, LastKnown.Seen<?> seen, Map<String, Object> value) {
        var view = new LinkedHashMap<>(value);
        view.put("view", "last");
        view.put("asOf", seen.at().toString());
        view.put(
                "ageMs",
                Math.max(
                        0,
                        Duration.between(seen.at(), devices.clock().instant()).toMillis()));
        return view;
    }

    static Optional<Map<String, Object>> pads(Devices devices, BoardId board) {
        var pads = devices.lastKnown().pads(board);
        if (pads.isEmpty()) {
            return Optional.empty();
        }
        var view = new LinkedHashMap<String, Object>();
        view.put("view", "last");
        view.put(
                "pads",
                pads.stream()
                        .map(seen -> of(devices, seen, Views.pad(seen.value())))
                        .toList());
        return Optional.of(view);
    }
}
