package dev.ft900.gateway.http;

import dev.ft900.gateway.access.Access;
import dev.ft900.gateway.access.Role;
import dev.ft900.gateway.access.Scope;
import dev.ft900.gateway.device.UnknownDeviceException;
import dev.ft900.protocol.name.Quoted;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.TreeSet;

/** {@code /api/v1/devices/ID/groups}: to which groups a board belongs. */
@Singleton
@Path("api/v1/devices/{id}/groups")
@Produces(MediaType.APPLICATION_JSON)
public final class GroupsResource {
    private final Devices devices;
    private final Access access;

    @Inject
    public GroupsResource(Devices devices, Access access) {
        this.devices = devices;
        this.access = access;
    }

    @GET
    @Needs(Role.VIEWER)
    public Map<String, Object> get(@PathParam("id") String id) throws UnknownDeviceException {
        return Map.of("groups", access.groups().of(devices.known(id)));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.ADMIN)
    public Map<String, Object> set(@PathParam("id") String id, byte[] json) throws UnknownDeviceException {
        var groups = new TreeSet<>(Body.read(json, "groups").strings("groups"));
        groups.stream().filter(group -> !Scope.isGroup(group)).findFirst().ifPresent(group -> {
            throw new ProblemException(
                    Problem.Kind.BAD_VALUE, "expected groups to be [a-z0-9][a-z0-9_-]{0,31}; got " + Quoted.of(group));
        });
        access.groups().set(devices.known(id), groups);
        return Map.of("groups", groups);
    }
}
