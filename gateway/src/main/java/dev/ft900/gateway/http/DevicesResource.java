package dev.ft900.gateway.http;

import dev.ft900.ca.authority.IssuedCertificate;
import dev.ft900.ca.authority.IssuingException;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.SigningRequest;
import dev.ft900.ca.store.BoardFacts;
import dev.ft900.gateway.access.Role;
import dev.ft900.protocol.message.FirmwareVersion;
import dev.ft900.protocol.message.MacAddress;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.provisioning.Uid;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** {@code /api/v1/devices}: listing and registering. */
@Singleton
@Path("api/v1/devices")
@Produces(MediaType.APPLICATION_JSON)
public final class DevicesResource {
    private final Devices devices;

    @Inject
    public DevicesResource(Devices devices) {
        this.devices = devices;
    }

    @GET
    @Needs(Role.VIEWER)
    public Map<String, Object> list() {
        return Map.of(
                "devices",
                devices.enrolment().boards().stream()
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
        var facts = body.object("board").map(DevicesResource::facts);
        var csr = body.text("csr");
        var kind = body.of("keyType", KeyKind::from, "P-256 or RSA-2048");
        if (csr.isPresent()) {
            if (kind.isPresent()) {
                throw new ProblemException(
                        Problem.Kind.BAD_VALUE,
                        "expected csr or keyType; with a signing request the key is chosen already");
            }
            return registered(id, issue(id, key(csr.get()), facts), Optional.empty());
        }
        var pair = kind.orElse(KeyKind.P256).generate();
        return registered(id, issue(id, pair.getPublic(), facts), Optional.of(pair.getPrivate()));
    }

    private static PublicKey key(String csr) throws IssuingException {
        var der = Pem.readRequest(csr)
                .orElseThrow(() -> new ProblemException(
                        Problem.Kind.BAD_VALUE, "expected csr to hold -----BEGIN CERTIFICATE REQUEST-----"));
        return SigningRequest.read(der).key();
    }

    private static BoardFacts facts(Body body) {
        try {
            return new BoardFacts(
                    new Uid(HexFormat.of().parseHex(body.text("uid").orElse(""))),
                    MacAddress.from(body.text("mac").orElse("")).orElseThrow(),
                    body.text("chipId")
                            .filter(chip -> chip.matches("[0-9a-f]{8}"))
                            .orElseThrow(),
                    new FirmwareVersion(body.text("firmware").orElse("")));
        } catch (IllegalArgumentException | NoSuchElementException e) {
            throw new ProblemException(
                    Problem.Kind.BAD_VALUE,
                    "expected board to hold uid (32 hex digits), mac, chipId (8 hex digits) and firmware");
        }
    }

    private IssuedCertificate issue(BoardId id, PublicKey key, Optional<BoardFacts> facts) throws IssuingException {
        var issued = devices.enrolment().register(id, key, facts, Optional.empty());
        devices.watch().look();
        return issued;
    }

    private Response registered(BoardId id, IssuedCertificate issued, Optional<PrivateKey> key) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", id.value());
        view.put("serial", issued.serial());
        view.put("certificate", Pem.certificate(issued.certificate()));
        view.put("chain", Pem.certificates(issued.chain()));
        view.put("anchors", Pem.certificates(List.of(devices.anchor())));
        key.ifPresent(made -> view.put("privateKey", Pem.privateKey(made)));
        var broker = devices.broker();
        var address = new LinkedHashMap<String, Object>();
        address.put("host", broker.host());
        address.put("port", broker.port());
        address.put("serverName", broker.serverName());
        view.put("broker", address);
        return Response.created(URI.create("api/v1/devices/" + id)).entity(view).build();
    }
}
