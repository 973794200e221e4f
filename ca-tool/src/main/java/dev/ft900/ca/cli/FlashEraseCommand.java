package dev.ft900.ca.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ft900.protocol.exchange.ExchangeException;
import dev.ft900.protocol.exchange.Ticker;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.provisioning.StationRequest.Erase.Scope;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./ft900 flash erase}. */
@Command(
        name = "erase",
        description = {
            "Make the board forget who it is: both slots and every key. Its UID stays.",
            "Its certificate stays good until it is revoked: ./ft900 ca revoke."
        })
final class FlashEraseCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private LinkOptions link;

    @Mixin
    private Confirmation confirmation;

    @Option(names = "--spare", description = "erase only the slot that is not in use, and a write that broke off")
    private boolean spare;

    @Override
    public Integer call() throws CommandException {
        try (var open = link.open(Ticker.SYSTEM)) {
            var board = BoardView.read(open.station()).identity();
            var who = board.id().map(BoardId::value).orElse("a board without identity");
            confirmation.ask("erase " + who + " (UID " + board.uid() + ") at " + open.port());
            open.station().erase(board, spare ? Scope.SPARE_SLOT : Scope.EVERYTHING);
            common.say("Erased: " + who);
            common.result(JsonNodeFactory.instance
                    .objectNode()
                    .put("erased", spare ? "spare" : "everything")
                    .put("uid", board.uid().toString())
                    .put("id", board.id().map(BoardId::value).orElse("")));
            return ExitCode.OK;
        } catch (ExchangeException e) {
            throw new CommandException(ExitCode.REFUSED, e.getMessage(), e);
        }
    }
}
