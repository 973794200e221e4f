package dev.ft900.gateway.http;

import dev.ft900.ca.authority.IssuedCertificate;
import dev.ft900.ca.authority.IssuingException;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.store.BoardFacts;
import dev.ft900.gateway.access.Role;
import dev.ft900.protocol.name.BoardId;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;

/** {@code /api/v1/devices}: listing and registering. */
@Singleton
@Path("api/v1/devices")
@Produces(MediaType.APPLICATION_JSON)
public final class DevicesResource {
    private final Devices devices;
    private final Scopes scopes;

    @Inject
    public DevicesResource(Devices devices, Scopes scopes) {
        this.devices = devices;
        this.scopes = scopes;
    }

    @GET
    @Needs(Role.VIEWER)
    public Map<String, Object> list(@Context ContainerRequestContext request) {
        var mine = scopes.of(request);
        return Map.of(
                "devices",
                devices.enrolment().boards().stream()
                        .filter(board -> mine.test(board.id()))
                        .map(board -> Views.device(board, devices.presence().standing(board.id())))
                        .toList());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.ADMIN)
    public Response register(byte[] json) throws IssuingException {
        var body = Body.read(json, "id", "csr", "keyType", "board");
        var id = body.of("id", BoardId::from, BoardId.RULE)
                .orElseThrow(() -> new ProblemException(Problem.Kind.BAD_VALUE, "expected an id: " + BoardId.RULE));
        var facts = body.object("board").map(Certified::facts);
        var csr = body.text("csr");
        var kind = body.of("keyType", KeyKind::from, "P-256 or RSA-2048");
        if (csr.isPresent()) {
            if (kind.isPresent()) {
                throw new ProblemException(
                        Problem.Kind.BAD_VALUE,
                        "expected csr or keyType; with a signing request the key is chosen already");
            }
            return Certified.created(devices, id, issue(id, Certified.key(csr.get()), facts), Optional.empty());
        }
        var pair = kind.orElse(KeyKind.P256).generate();
        return Certified.created(devices, id, issue(id, pair.getPublic(), facts), Optional.of(pair.getPrivate()));
    }

    private IssuedCertificate issue(BoardId id, PublicKey key, Optional<BoardFacts> facts) throws IssuingException {
        var issued = devices.enrolment().register(id, key, facts, Optional.empty());
        devices.watch().look();
        return issued;
    }
}
