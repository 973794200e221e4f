package dev.ft900.ca.cli;

import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.flash.Certifier.CertifierException;
import dev.ft900.ca.flash.GatewayCertifier;
import dev.ft900.ca.link.SerialPorts;
import dev.ft900.protocol.exchange.Ticker;
import dev.ft900.protocol.provisioning.BoardIdentity;
import dev.ft900.protocol.slot.BrokerAddress;
import dev.ft900.protocol.slot.Der;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./ft900 doctor}. */
@Command(
        name = "doctor",
        description = {
            "Find out why a board does not get online: port, board, clock, certificate, authority, gateway, broker.",
            "Each line says what to do. Ends with 0 when nothing failed, with 3 otherwise."
        })
public final class DoctorCommand implements Callable<Integer> {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    @Mixin
    private CommonOptions common;

    @Mixin
    private LinkOptions link;

    @Mixin
    private SigningOptions signing;

    @Option(names = "--no-board", description = "look at this machine and the servers only")
    private boolean noBoard;

    @Override
    public Integer call() {
        var checks = new ArrayList<Check>();
        var register = register(checks);
        try {
            var board = noBoard ? Optional.<BoardView>empty() : board(checks);
            board.ifPresent(
                    there -> checks.addAll(new BoardChecks(there, register, Instant.now()).all(Optional.empty())));
            gateway(checks, board);
            broker(checks, register, board);
        } finally {
            register.ifPresent(Register::close);
        }
        return Check.report(checks, common);
    }

    private Optional<Register> register(List<Check> checks) {
        var name = "authority";
        var state = common.state();
        if (!Files.exists(state.rootCertificate())) {
            checks.add(
                    signing.isRemote()
                            ? Check.skipped(name, "the gateway's is used")
                            : Check.fail(
                                    name,
                                    "there is none in " + state.path(),
                                    "./ft900 up or ./ft900 ca init makes one; or name --state or --gateway"));
            return Optional.empty();
        }
        try {
            var open = Register.open(state);
            checks.add(Check.ok(name, open.root().getSubjectX500Principal() + " in " + state.path()));
            return Optional.of(open);
        } catch (CommandException e) {
            checks.add(Check.fail(name, e.getMessage(), "restore it from a backup, or name another --state"));
            return Optional.empty();
        }
    }

    private Optional<BoardView> board(List<Check> checks) {
        if (link.port().isEmpty()) {
            // Nobody asked for these ports: one that is in use is no fault as long as a board is found.
            link.candidates().stream()
                    .filter(SerialPorts::isLocal)
                    .map(PortCheck.HERE::look)
                    .map(Check::atMostAWarning)
                    .forEach(checks::add);
        } else if (SerialPorts.isLocal(link.port().get())) {
            var port = PortCheck.HERE.look(link.port().get());
            checks.add(port);
            if (port.outcome() == Check.Outcome.FAIL) {
                checks.add(Check.skipped("board", "its port cannot be opened"));
                return Optional.empty();
            }
        }
        try (var open = link.open(Ticker.SYSTEM)) {
            if (link.port().isEmpty()) {
                checks.add(Check.ok("port", open.port() + ", found by asking"));
            }
            var board = BoardView.read(open.station());
            checks.add(Check.ok(
                    "board",
                    Chip.of(board.identity().chipId()) + ", " + board.identity().firmware() + ", UID "
                            + board.identity().uid() + ", MAC "
                            + board.identity().mac() + ", answers at " + board.rate() + " baud"));
            return Optional.of(board);
        } catch (CommandException e) {
            checks.add(Check.fail("board", e.getMessage(), "the line above says what to check"));
            return Optional.empty();
        }
    }

    private void gateway(List<Check> checks, Optional<BoardView> board) {
        var name = "gateway";
        Optional<GatewayCertifier> gateway;
        try {
            gateway = signing.knownGateway(common.state());
        } catch (CommandException e) {
            checks.add(Check.fail(name, e.getMessage(), "name it with --gateway and --token-file"));
            return;
        }
        if (gateway.isEmpty()) {
            checks.add(Check.skipped(name, "none has run on this state folder, and none was named (--gateway)"));
            return;
        }
        try {
            checks.add(Check.ok(
                    name,
                    "answers at " + gateway.get().address() + ", and takes this token: "
                            + gateway.get().devices() + " devices"));
            board.filter(there -> there.identity().id().isPresent())
                    .ifPresent(there -> checks.add(online(gateway.get(), there.identity())));
        } catch (CertifierException e) {
            checks.add(Check.fail(name, e.getMessage(), next(e, "see what the gateway says on its console")));
        }
    }

    private static Check online(GatewayCertifier gateway, BoardIdentity board) {
        var name = "online";
        var id = board.id().orElseThrow();
        try {
            return gateway.isConnected(id, board)
                    ? Check.ok(name, id + " is online with this slot")
                    : Check.fail(
                            name,
                            id + " is not online with this slot",
                            "see the lines about clock, certificate and broker; then the board's own network");
        } catch (CertifierException e) {
            return Check.fail(name, e.getMessage(), next(e, "register it: ./ft900 flash --id " + id));
        }
    }

    /** @param otherwise what to do when the gateway is there, took the token, and still did not answer what was asked */
    private static String next(CertifierException failure, String otherwise) {
        if (!(failure instanceof GatewayCertifier.RefusedException refused)) {
            return "start it: ./ft900 up or ./ft900 gateway run; or name the right one with --gateway, its certificate with --ca";
        }
        return switch (refused.status()) {
            case UNAUTHORIZED ->
                "give it a token that is good: --token-file or FT900_TOKEN; ./ft900 token create makes one";
            case FORBIDDEN -> "give it a token that may see this: ./ft900 token create makes one";
            case NOT_FOUND -> otherwise;
            default -> "see what the gateway says on its console";
        };
    }

    private void broker(List<Check> checks, Optional<Register> register, Optional<BoardView> board) {
        var name = "broker";
        var slot = board.flatMap(BoardView::slot);
        BrokerAddress address;
        try {
            address = slot.isPresent() ? slot.get().broker() : signing.brokerAddress(common.state());
        } catch (CommandException e) {
            checks.add(Check.skipped(name, "it is not known where it is; name it with --broker"));
            return;
        }
        List<Der> anchors = slot.isPresent()
                ? slot.get().anchors()
                : register.stream().map(open -> new Der(Pem.der(open.root()))).toList();
        if (anchors.isEmpty()) {
            checks.add(Check.skipped(name, "there is no anchor to check " + address.uri() + " with"));
            return;
        }
        checks.add(BrokerProbe.look(name, address, anchors));
    }
}
