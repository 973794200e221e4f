package dev.ft900.ca.cli;

import dev.ft900.protocol.exchange.Ticker;
import dev.ft900.protocol.name.BoardId;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./ft900 flash verify}. */
@Command(
        name = "verify",
        description = {
            "Read the identity back from the board and check it: slot, clock, dates, chain, register.",
            "Each line says what to do. Ends with 0 when nothing failed, with 3 otherwise."
        })
final class FlashVerifyCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private LinkOptions link;

    @Option(names = "--id", paramLabel = "ID", description = "the id that the board should have")
    private String id;

    @Override
    public Integer call() throws CommandException {
        var expected = Optional.ofNullable(id).flatMap(BoardId::from);
        if (id != null && expected.isEmpty()) {
            throw new CommandException(ExitCode.USAGE, "expected --id to be " + BoardId.RULE + "; got " + id);
        }
        var register = Files.exists(common.state().rootCertificate())
                ? Optional.of(Register.open(common.state()))
                : Optional.<Register>empty();
        try (var open = link.open(Ticker.SYSTEM)) {
            var board = BoardView.read(open.station());
            return Check.report(new BoardChecks(board, register, Instant.now()).all(expected), common);
        } finally {
            register.ifPresent(Register::close);
        }
    }
}
