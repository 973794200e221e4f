package dev.ft900.hil.cli.device;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.Confirmation;
import dev.ft900.ca.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./ft900 device rm}. */
@Command(
        name = "rm",
        description = "Revoke a board's certificates, cut its connection, and take it out of the register. For good.")
final class RemoveCommand implements Callable<Integer> {
    @Mixin
    private GatewayOptions gateway;

    @Mixin
    private BoardArgument board;

    @Mixin
    private Confirmation confirmation;

    @Override
    public Integer call() throws CommandException, RefusedException {
        confirmation.ask("revoke every certificate of " + board.id() + ", cut its connection, and remove it for good");
        gateway.open().delete(board.path());
        gateway.common().print(board.id() + " is revoked and removed");
        gateway.common()
                .result(JsonNodeFactory.instance
                        .objectNode()
                        .put("removed", board.id().value()));
        return ExitCode.OK;
    }
}
