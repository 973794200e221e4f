package dev.ft900.ca.cli;

import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.flash.GatewayCertifier;
import dev.ft900.ca.link.SerialPorts;
import dev.ft900.protocol.exchange.Ticker;
import dev.ft900.protocol.install.AuthorException;
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
        var authority = authority(checks);
        try {
            var board = noBoard ? Optional.<BoardView>empty() : board(checks);
            board.ifPresent(
                    there -> checks.addAll(new BoardChecks(there, authority, Instant.now()).all(Optional.empty())));
            gateway(checks, board);
            broker(checks, authority, board);
        } finally {
            authority.ifPresent(OpenAuthority::close);
        }
        return Check.report(checks, common);
    }

    private Optional<OpenAuthority> authority(List<Check> checks) {
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
            var open = OpenAuthority.open(state);
            checks.add(Check.ok(name, open.authority().root().getSubjectX500Principal() + " in " + state.path()));
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
                    board.identity().firmware() + ", UID " + board.identity().uid() + ", MAC "
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
            board.flatMap(there -> there.identity().id()).ifPresent(id -> {
                try {
                    checks.add(
                            gateway.get().isConnected(id, board.get().identity().generation())
                                    ? Check.ok("online", id + " is online with this slot")
                                    : Check.fail(
                                            "online",
                                            id + " is not online with this slot",
                                            "see the lines about clock, certificate and broker; then the board's own network"));
                } catch (AuthorException e) {
                    checks.add(Check.fail("online", e.getMessage(), "register it: ./ft900 flash --id " + id));
                }
            });
        } catch (AuthorException e) {
            checks.add(Check.fail(name, e.getMessage(), "start it: ./ft900 up or ./ft900 gateway run"));
        }
    }

    private void broker(List<Check> checks, Optional<OpenAuthority> authority, Optional<BoardView> board) {
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
                : authority.stream()
                        .map(open -> new Der(Pem.der(open.authority().root())))
                        .toList();
        if (anchors.isEmpty()) {
            checks.add(Check.skipped(name, "there is no anchor to check " + address.uri() + " with"));
            return;
        }
        checks.add(BrokerProbe.look(name, address, anchors));
    }
}
