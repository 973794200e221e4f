package dev.ft900.gateway.http;

import dev.ft900.gateway.access.Role;
import dev.ft900.gateway.device.UnknownDeviceException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** {@code /api/v1/devices/ID}: one device as it is registered. */
@Singleton
@Path("api/v1/devices/{id}")
@Produces(MediaType.APPLICATION_JSON)
public final class DeviceResource {
    private final Devices devices;

    @Inject
    public DeviceResource(Devices devices) {
        this.devices = devices;
    }

    @GET
    @Needs(Role.VIEWER)
    public Map<String, Object> get(@PathParam("id") String id) throws UnknownDeviceException {
        var board = PathIds.board(id);
        var registered = devices.enrolment().find(board).orElseThrow(() -> new UnknownDeviceException(board));
        return Views.deviceWithCertificates(
                registered,
                devices.presence().standing(board),
                devices.enrolment().certificates(board));
    }

    /** Revokes the device's certificates, which cuts its connection, and takes it out of the register. */
    @DELETE
    @Needs(Role.ADMIN)
    public Response remove(@PathParam("id") String id) throws UnknownDeviceException {
        var board = PathIds.board(id);
        if (!devices.enrolment().remove(board)) {
            throw new UnknownDeviceException(board);
        }
        devices.watch().look();
        return Response.noContent().build();
    }
}
