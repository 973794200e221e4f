package dev.ft900.hil.cli.device;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./ft900 device uart}. */
@Command(name = "uart", description = "Let a board write text to one of its UARTs.")
final class UartCommand implements Callable<Integer> {
    @Mixin
    private GatewayOptions gateway;

    @Mixin
    private BoardArgument board;

    @Parameters(index = "1", paramLabel = "TEXT", description = "what it is to write")
    private String text;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "which UART, 0 or 1 (default: ${DEFAULT-VALUE})")
    private int port;

    @Mixin
    private QueueOptions queue;

    @Override
    public Integer call() throws CommandException, RefusedException {
        var json = JsonNodeFactory.instance.objectNode().put("text", text).put("port", port);
        var answer = gateway.open().post(board.path() + "/uart" + queue.query(), json.toString());
        gateway.common()
                .print(
                        QueueOptions.isKept(answer)
                                ? QueueOptions.kept(answer)
                                : answer.path("bytes").asText() + " bytes written to UART" + port);
        gateway.common().result(answer);
        return ExitCode.OK;
    }
}
