package dev.ft900.gateway.http;

import dev.ft900.gateway.access.Role;
import dev.ft900.gateway.device.UnknownDeviceException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** {@code /api/v1/devices/ID/queue}: commands that wait for a board, and what became of them. */
@Singleton
@Path("api/v1/devices/{id}/queue")
@Produces(MediaType.APPLICATION_JSON)
public final class QueueResource {
    private final Devices devices;

    @Inject
    public QueueResource(Devices devices) {
        this.devices = devices;
    }

    @GET
    @Needs(Role.VIEWER)
    public Map<String, Object> list(@PathParam("id") String id) throws UnknownDeviceException {
        return Map.of(
                "commands",
                devices.queue().of(devices.known(id)).stream()
                        .map(Queueing::view)
                        .toList());
    }

    @GET
    @Path("{command}")
    @Needs(Role.VIEWER)
    public Map<String, Object> one(@PathParam("id") String id, @PathParam("command") String command)
            throws UnknownDeviceException {
        return devices.queue()
                .find(devices.known(id), command)
                .map(Queueing::view)
                .orElseThrow(() -> new ProblemException(
                        Problem.Kind.UNKNOWN_COMMAND,
                        "no such command is or was queued for " + id + " in the last days"));
    }
}
