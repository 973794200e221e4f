package dev.ft900.hil.cli.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./ft900 device rtc}. */
@Command(name = "rtc", description = "Read a board's clock, or set it.")
final class RtcCommand implements Callable<Integer> {
    @Mixin
    private GatewayOptions gateway;

    @Mixin
    private BoardArgument board;

    @Option(
            names = "--set",
            paramLabel = "TIME",
            description = "a time such as 2026-11-22T19:03:00Z, or now: the gateway's")
    private String time;

    @Mixin
    private ReadOptions reading;

    @Mixin
    private QueueOptions queue;

    @Override
    public Integer call() throws CommandException, RefusedException {
        var calls = gateway.open();
        var path = board.path() + "/rtc";
        var answer = time == null
                ? calls.get(path + reading.query())
                : calls.put(
                        path + queue.query(),
                        JsonNodeFactory.instance.objectNode().put("time", time));
        gateway.common().print(words(answer));
        gateway.common().result(answer);
        return ExitCode.OK;
    }

    private static String words(JsonNode answer) {
        if (QueueOptions.isKept(answer)) {
            return QueueOptions.kept(answer);
        }
        var offset = answer.path("offsetSeconds");
        return answer.path("time").asText()
                + (offset.isMissingNode() ? "" : "  (" + offset.asText() + " s from the gateway's clock)");
    }
}
