package dev.ft900.hil.cli.device;

import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./ft900 device commands}. */
@Command(
        name = "commands",
        description = "The last commands to a board, newest first, with the time of each hop in ms.")
final class CommandsCommand implements Callable<Integer> {
    @Mixin
    private GatewayOptions gateway;

    @Mixin
    private BoardArgument board;

    @Override
    public Integer call() throws CommandException, RefusedException {
        var answer = gateway.open().get(board.path() + "/commands");
        var table =
                new Table("at", "who", "operation", "arguments", "outcome", "total", "queue", "out", "board", "back");
        for (var command : answer.path("commands")) {
            var hops = command.path("hops");
            table.row(
                    Words.time(command.path("at")),
                    command.path("caller").asText(),
                    command.path("operation").asText(),
                    Words.arguments(command.path("arguments")),
                    command.path("outcome").asText(),
                    Words.millis(command.path("totalMs")),
                    Words.millis(hops.path("queueMs")),
                    Words.millis(hops.path("brokerOutMs")),
                    Words.millis(hops.path("boardMs")),
                    Words.millis(hops.path("brokerBackMs")));
        }
        gateway.common().print(table.toString());
        gateway.common().result(answer);
        return ExitCode.OK;
    }
}
