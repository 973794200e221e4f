package dev.ft900.gateway.http;

import dev.ft900.gateway.access.Role;
import dev.ft900.gateway.device.DesiredPin;
import dev.ft900.gateway.device.UnknownDeviceException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** {@code /api/v1/devices/ID/desired}: how pins are to be whenever the board is there, and what became of it. */
@Singleton
@Path("api/v1/devices/{id}/desired")
@Produces(MediaType.APPLICATION_JSON)
public final class DesiredResource {
    private final Devices devices;

    @Inject
    public DesiredResource(Devices devices) {
        this.devices = devices;
    }

    @GET
    @Needs(Role.VIEWER)
    public Map<String, Object> list(@PathParam("id") String id) throws UnknownDeviceException {
        return Map.of(
                "pins",
                devices.desired().of(devices.known(id)).stream()
                        .map(desired -> view(desired, devices.desired().standing(desired)))
                        .toList());
    }

    /** Answers when the board has it, or when it is clear that it has not now; the state says which. */
    @PUT
    @Path("{pin}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.OPERATOR)
    public CompletionStage<Response> set(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @PathParam("pin") String pin,
            byte[] json)
            throws UnknownDeviceException {
        var board = devices.known(id);
        var write = PinChanges.one(PathIds.pad(pin), json);
        var call = Call.of(request, devices.commandPatience());
        var now = devices.clock().instant();
        return devices.desired()
                .set(board, write, call.origin(), call.patience())
                .thenApplyAsync(
                        sent -> Commanding.headers(
                                        sent.call(),
                                        Response.ok(view(
                                                new DesiredPin(
                                                        board,
                                                        write,
                                                        now,
                                                        call.origin().caller()),
                                                sent.standing())))
                                .build(),
                        call.on(devices.executor()));
    }

    @DELETE
    @Path("{pin}")
    @Needs(Role.OPERATOR)
    public Response remove(@PathParam("id") String id, @PathParam("pin") String pin) throws UnknownDeviceException {
        if (!devices.desired().remove(devices.known(id), PathIds.pad(pin))) {
            throw new ProblemException(Problem.Kind.NOTHING_DESIRED, "nothing is desired of pin " + pin + " of " + id);
        }
        return Response.noContent().build();
    }

    private static Map<String, Object> view(DesiredPin desired, DesiredPin.Standing standing) {
        var view = new LinkedHashMap<String, Object>();
        view.put("pin", desired.write().pad().number());
        var wanted = new LinkedHashMap<>(CommandViews.arguments(desired.write()));
        wanted.remove("pin");
        view.put("desired", wanted);
        view.put("setAt", desired.setAt().toString());
        view.put("setBy", desired.setBy());
        if (standing instanceof DesiredPin.Standing.Applied applied) {
            view.put("state", "applied");
            view.put("appliedAt", applied.at().toString());
        } else if (standing instanceof DesiredPin.Standing.Overwritten overwritten) {
            view.put("state", "overwritten");
            view.put("overwrittenAt", overwritten.at().toString());
        } else if (standing instanceof DesiredPin.Standing.Failed failed) {
            view.put("state", "failed");
            view.put("failedAt", failed.at().toString());
            view.put("outcome", failed.outcome());
            view.put("detail", failed.detail());
        } else {
            view.put("state", "pending");
        }
        return view;
    }
}
