package dev.ft900.gateway.http;

import dev.ft900.gateway.access.Role;
import dev.ft900.gateway.device.Standing;
import dev.ft900.gateway.device.UnknownDeviceException;
import dev.ft900.protocol.name.BoardId;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code /api/v1/devices/ID/certificates/SERIAL/in-use}: a station that wrote a slot says which certificate it holds. The embedded broker
 * sees that by itself; others do not tell with which certificate a board came.
 */
@Singleton
@Path("api/v1/devices/{id}/certificates/{serial}/in-use")
@Produces(MediaType.APPLICATION_JSON)
public final class CertificateInUseResource {
    private final Devices devices;

    @Inject
    public CertificateInUseResource(Devices devices) {
        this.devices = devices;
    }

    /** Supersedes the certificates before this one if the board is connected with the slot that was named. Done twice, it is as done once. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.ADMIN)
    public Map<String, Object> use(@PathParam("id") String id, @PathParam("serial") String serial, byte[] json)
            throws UnknownDeviceException {
        var board = PathIds.board(id);
        if (devices.enrolment().find(board).isEmpty()) {
            throw new UnknownDeviceException(board);
        }
        long generation = Body.read(json, "slotGeneration")
                .number("slotGeneration")
                .orElseThrow(() -> new ProblemException(
                        Problem.Kind.BAD_VALUE, "expected slotGeneration, that of the slot with this certificate"));
        if (!devices.enrolment().admits(board, serial)) {
            throw new ProblemException(
                    Problem.Kind.BAD_VALUE, "expected the serial number of a certificate of " + id + " that is good");
        }
        requireConnected(board, generation);
        devices.enrolment().connected(board, serial);
        var view = new LinkedHashMap<String, Object>();
        view.put("id", board.value());
        view.put("serial", serial);
        view.put("slotGeneration", generation);
        return view;
    }

    private void requireConnected(BoardId board, long generation) {
        var standing = devices.presence().standing(board);
        if (standing.isEmpty() || !(standing.get() instanceof Standing.Online online)) {
            throw new ProblemException(
                    Problem.Kind.BOARD_OFFLINE, board + " is not connected, so it has not proved its certificate");
        }
        if (online.birth().slotGeneration() != generation) {
            throw new ProblemException(
                    Problem.Kind.BAD_VALUE,
                    "expected " + board + " to be connected with slot generation " + generation + "; it is with "
                            + online.birth().slotGeneration());
        }
    }
}
