package dev.ft900.hil.cli.device;

import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./ft900 device renew}. */
@Command(
        name = "renew",
        description = {
            "Have a connected board make a new key, get a certificate for it, and restart with it.",
            "",
            "Ends when the board is online with the new one. If that fails the board comes back with the old one."
        })
final class RenewCommand implements Callable<Integer> {
    @Mixin
    private GatewayOptions gateway;

    @Mixin
    private BoardArgument board;

    @Override
    public Integer call() throws CommandException, RefusedException {
        var answer = gateway.open().post(board.path() + "/certificates", "{}");
        gateway.common()
                .print("online with the certificate " + answer.path("serial").asText() + ", slot generation "
                        + answer.path("slotGeneration").asText());
        gateway.common().result(answer);
        return ExitCode.OK;
    }
}
