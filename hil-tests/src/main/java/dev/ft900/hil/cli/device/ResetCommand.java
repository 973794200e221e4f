package dev.ft900.hil.cli.device;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./ft900 device reset}. */
@Command(name = "reset", description = "Reset a board, and wait until it is back.")
final class ResetCommand implements Callable<Integer> {
    @Mixin
    private GatewayOptions gateway;

    @Mixin
    private BoardArgument board;

    @Option(names = "--no-wait", description = "end as soon as the board has agreed")
    private boolean noWait;

    @Mixin
    private QueueOptions queue;

    @Override
    public Integer call() throws CommandException, RefusedException {
        var query = queue.query();
        if (query.isEmpty() && noWait) {
            query = "?wait=false";
        }
        var answer = gateway.open().post(board.path() + "/reset" + query, "");
        gateway.common().print(words(answer));
        gateway.common().result(answer);
        return ExitCode.OK;
    }

    private static String words(JsonNode answer) {
        if (QueueOptions.isKept(answer)) {
            return QueueOptions.kept(answer);
        }
        return answer.has("downtimeMs")
                ? "back after " + answer.path("downtimeMs").asText() + " ms, boot "
                        + answer.path("bootId").asText() + ", cause "
                        + answer.path("cause").asText()
                : "resetting";
    }
}
