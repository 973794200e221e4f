package dev.ft900.gateway.http;

import dev.ft900.ca.authority.IssuedCertificate;
import dev.ft900.ca.authority.IssuingException;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.SigningRequest;
import dev.ft900.ca.store.BoardFacts;
import dev.ft900.ca.store.RegisteredBoard;
import dev.ft900.protocol.message.FirmwareVersion;
import dev.ft900.protocol.message.MacAddress;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.provisioning.Uid;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** What registering and renewing have in common: signing requests in, certificates out. */
final class Certified {
    private Certified() {}

    /** The key in a signing request. */
    static PublicKey key(String csr) throws IssuingException {
        var der = Pem.readRequest(csr)
                .orElseThrow(() -> new ProblemException(
                        Problem.Kind.BAD_VALUE, "expected csr to hold -----BEGIN CERTIFICATE REQUEST-----"));
        return SigningRequest.read(der).key();
    }

    /** What a board says of itself. */
    static BoardFacts facts(Body body) {
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

    /** The answer that holds a certificate and all that a board needs besides. */
    static Response created(Devices devices, BoardId id, IssuedCertificate issued, Optional<PrivateKey> key) {
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
        var facts = devices.enrolment().find(id).flatMap(RegisteredBoard::facts);
        view.put(
                "warnings",
                facts.map(known -> devices.enrolment().sameMac(id, known)).orElse(List.of()));
        return Response.created(URI.create("api/v1/devices/" + id)).entity(view).build();
    }
}
