package dev.ft900.hil.cli.device;

import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./ft900 device status}. */
@Command(name = "status", description = "What a board says of itself: firmware, why it started, how long it has run.")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private GatewayOptions gateway;

    @Mixin
    private BoardArgument board;

    @Mixin
    private ReadOptions reading;

    @Override
    public Integer call() throws CommandException, RefusedException {
        var answer = gateway.open().get(board.path() + "/status" + reading.query());
        gateway.common().print(Words.members(answer));
        gateway.common().result(answer);
        return ExitCode.OK;
    }
}
