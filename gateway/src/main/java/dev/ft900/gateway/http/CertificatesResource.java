package dev.ft900.gateway.http;

import dev.ft900.ca.authority.IssuingException;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.PemException;
import dev.ft900.ca.store.RevocationReason;
import dev.ft900.ca.store.StoredCertificate;
import dev.ft900.gateway.access.Role;
import dev.ft900.gateway.device.Origin;
import dev.ft900.gateway.device.RenewalOrder;
import dev.ft900.gateway.device.Renewed;
import dev.ft900.gateway.device.UnknownDeviceException;
import dev.ft900.protocol.install.Step;
import dev.ft900.protocol.install.Steps;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.slot.BrokerAddress;
import dev.ft900.protocol.slot.Der;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** {@code /api/v1/devices/ID/certificates}: a further certificate for a device that is registered, and the end of one. */
@Singleton
@Path("api/v1/devices/{id}/certificates")
@Produces(MediaType.APPLICATION_JSON)
public final class CertificatesResource {
    private static final int MOST_ANCHORS = 2;
    private static final int MOST_SECONDS = 400;
    private static final int USUAL_SECONDS = 60;

    private final Devices devices;

    @Inject
    public CertificatesResource(Devices devices) {
        this.devices = devices;
    }

    /** With a signing request it is signed and handed back; without, the connected board is renewed over MQTT. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.ADMIN)
    public CompletionStage<Response> add(
            @Context ContainerRequestContext request, @PathParam("id") String id, byte[] json)
            throws IssuingException, UnknownDeviceException {
        var body = Body.read(json, "csr", "board", "broker", "anchors", "waitSeconds");
        var board = devices.board(id);
        if (devices.enrolment().find(board).isEmpty()) {
            throw new UnknownDeviceException(board);
        }
        var csr = body.text("csr");
        if (csr.isPresent()) {
            return CompletableFuture.completedFuture(sign(board, csr.get(), body));
        }
        var call = Call.of(request, devices.commandPatience(), false);
        return devices.renewals()
                .renew(board, order(call.origin(), body))
                .handleAsync(
                        (renewed, failure) -> failure == null
                                ? view(renewed)
                                : Problems.of(failure).response(),
                        call.on(devices.executor()));
    }

    /** Revokes one of the device's certificates, which ends the connection that it may have. The device stays registered. */
    @POST
    @Path("{serial}/revoke")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.ADMIN)
    public Map<String, Object> revoke(@PathParam("id") String id, @PathParam("serial") String serial, byte[] json)
            throws UnknownDeviceException {
        var board = PathIds.board(id);
        var reason = json.length == 0
                ? RevocationReason.UNSPECIFIED
                : Body.read(json, "reason")
                        .text("reason")
                        .map(CertificatesResource::reason)
                        .orElse(RevocationReason.UNSPECIFIED);
        if (devices.enrolment().find(board).isEmpty()) {
            throw new UnknownDeviceException(board);
        }
        requireOf(board, serial);
        devices.enrolment().revoke(serial, reason);
        devices.watch().look();
        return Views.certificate(requireOf(board, serial));
    }

    private StoredCertificate requireOf(BoardId board, String serial) {
        return devices.enrolment().certificates(board).stream()
                .filter(certificate -> certificate.serial().equals(serial))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        Problem.Kind.UNKNOWN_CERTIFICATE,
                        "expected the serial number of a certificate of " + board + "; GET /api/v1/devices/" + board
                                + " lists them"));
    }

    private static RevocationReason reason(String word) {
        return RevocationReason.from(word)
                .orElseThrow(() -> new ProblemException(
                        Problem.Kind.BAD_VALUE,
                        "expected reason to be one of "
                                + Arrays.stream(RevocationReason.values())
                                        .map(RevocationReason::word)
                                        .collect(Collectors.joining(", "))));
    }

    private Response sign(BoardId board, String csr, Body body) throws IssuingException, UnknownDeviceException {
        if (body.object("broker").isPresent() || body.text("anchors").isPresent()) {
            throw new ProblemException(
                    Problem.Kind.BAD_VALUE, "expected csr, or broker and anchors; whoever sends a csr writes the slot");
        }
        var key = Certified.key(csr);
        var facts = body.object("board").map(Certified::facts);
        var issued = facts.isPresent()
                ? devices.enrolment().enrol(board, key, facts.get())
                : devices.enrolment()
                        .renew(board, key, Optional.empty())
                        .orElseThrow(() -> new UnknownDeviceException(board));
        return Certified.created(devices, board, issued, Optional.empty());
    }

    private RenewalOrder order(Origin origin, Body body) {
        long seconds = body.number("waitSeconds").orElse((long) USUAL_SECONDS);
        if (seconds < 1 || seconds > MOST_SECONDS) {
            throw new ProblemException(
                    Problem.Kind.BAD_VALUE, "expected waitSeconds to be 1 to " + MOST_SECONDS + "; got " + seconds);
        }
        return new RenewalOrder(
                origin,
                body.object("broker").map(CertificatesResource::broker),
                body.text("anchors")
                        .map(CertificatesResource::anchors)
                        .orElse(List.of(new Der(Pem.der(devices.anchor())))),
                Duration.ofSeconds(seconds));
    }

    private static BrokerAddress broker(Body broker) {
        try {
            var host = broker.text("host").orElse("");
            return new BrokerAddress(
                    host,
                    Math.toIntExact(broker.number("port").orElse(8883L)),
                    broker.text("serverName").orElse(host));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ProblemException(
                    Problem.Kind.BAD_VALUE, "expected broker to hold host, port and serverName: " + e.getMessage());
        }
    }

    private static List<Der> anchors(String pem) {
        try {
            var anchors = Pem.readCertificates(pem).stream()
                    .map(Pem::der)
                    .map(Der::new)
                    .toList();
            if (anchors.isEmpty() || anchors.size() > MOST_ANCHORS) {
                throw new ProblemException(
                        Problem.Kind.BAD_VALUE, "expected one or two certificates in anchors; got " + anchors.size());
            }
            return anchors;
        } catch (PemException e) {
            throw new ProblemException(Problem.Kind.BAD_VALUE, "expected anchors to be PEM: " + e.getMessage());
        }
    }

    private static Response view(Renewed renewed) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", renewed.id().value());
        view.put("serial", renewed.serial());
        view.put("slotGeneration", renewed.generation());
        view.put("stepMs", millis(renewed.timings()));
        return Response.created(URI.create("api/v1/devices/" + renewed.id()))
                .entity(view)
                .build();
    }

    private static Map<String, Long> millis(Map<Step, Steps.Timing> timings) {
        var millis = new LinkedHashMap<String, Long>();
        timings.forEach((step, timing) ->
                millis.put(step.name().toLowerCase(Locale.ROOT), timing.took().toMillis()));
        return millis;
    }
}
