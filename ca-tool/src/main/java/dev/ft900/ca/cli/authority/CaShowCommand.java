package dev.ft900.ca.cli.authority;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.PemException;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.CommonOptions;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.ca.cli.OpenState;
import dev.ft900.ca.store.BoardStore;
import dev.ft900.ca.store.CertificateStore;
import dev.ft900.ca.store.RegisteredBoard;
import dev.ft900.ca.store.StoredCertificate;
import dev.ft900.protocol.name.BoardId;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./ft900 ca show}. */
@Command(
        name = "show",
        description = {
            "Show a certificate of the store, or all of a name, newest first; for a board also what it said of itself.",
            "",
            "  ./ft900 ca show --id board7"
        })
final class CaShowCommand implements Callable<Integer> {
    private final Clock clock = Clock.systemUTC();

    @Mixin
    private CommonOptions common;

    @Mixin
    private CertificateChoice choice;

    private record Found(List<StoredCertificate> certificates, Optional<RegisteredBoard> board) {}

    @Override
    public Integer call() throws CommandException {
        try (var open = OpenState.open(common.state())) {
            Found found = open.database().jdbi().withHandle(handle -> {
                var certificates = choice.find(new CertificateStore(handle));
                var board = BoardId.from(certificates.get(0).commonName());
                return new Found(certificates, board.flatMap(id -> new BoardStore(handle).find(id)));
            });
            report(found);
            return ExitCode.OK;
        } catch (PemException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        }
    }

    private void report(Found found) throws PemException {
        var json = JsonNodeFactory.instance.objectNode();
        var list = json.putArray("certificates");
        for (var stored : found.certificates()) {
            var certificate = Pem.readCertificate(stored.der());
            var entry = CertificateWords.json(stored, clock.instant());
            entry.setAll((ObjectNode) CertificateWords.json(certificate).without(List.of("type", "issuer", "serial")));
            list.add(entry.put("pem", Pem.certificate(certificate)));
            common.print(stored.commonName() + " (" + stored.profile() + "): "
                    + CertificateWords.status(stored, clock.instant())
                    + stored.revocation()
                            .map(r -> " since " + r.at() + ", " + r.reason().word())
                            .orElse("")
                    + System.lineSeparator() + CertificateWords.text(certificate));
        }
        found.board().ifPresent(board -> {
            var entry = json.putObject("board")
                    .put("id", board.id().value())
                    .put("createdAt", board.createdAt().toString());
            board.serial().ifPresent(serial -> entry.put("connectedWith", serial));
            board.facts().ifPresent(facts -> entry.put("uid", facts.uid().toString())
                    .put("mac", facts.mac().toString())
                    .put("chipId", facts.chipId())
                    .put("firmware", facts.firmware().value()));
            common.print("registered " + board.createdAt()
                    + board.facts()
                            .map(facts -> ", UID " + facts.uid() + ", MAC " + facts.mac() + ", firmware "
                                    + facts.firmware().value())
                            .orElse("")
                    + board.serial()
                            .map(serial -> ", last connected with " + serial)
                            .orElse(", never connected"));
        });
        common.result(json);
    }
}
