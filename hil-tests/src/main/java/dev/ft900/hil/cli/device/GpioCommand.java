package dev.ft900.hil.cli.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.protocol.pad.Pad;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./ft900 device gpio}. */
@Command(
        name = "gpio",
        description = {
            "Read a board's pads, or change one.",
            "",
            "  ./ft900 device gpio board1                              all 67",
            "  ./ft900 device gpio board1 12                           one",
            "  ./ft900 device gpio board1 12 high --direction out      drive it",
            "  ./ft900 device gpio board1 21 --direction in --edge both   report its changes (device events)"
        })
final class GpioCommand implements Callable<Integer> {
    @Mixin
    private GatewayOptions gateway;

    @Mixin
    private BoardArgument board;

    @Parameters(index = "1", arity = "0..1", paramLabel = "PIN", description = "0 to 66; all when it is left out")
    private Integer pin;

    @Parameters(index = "2", arity = "0..1", paramLabel = "LEVEL", description = "high or 1, low or 0")
    private String level;

    @Option(names = "--direction", paramLabel = "D", description = "in, out, or od for open drain")
    private String direction;

    @Option(names = "--pull", paramLabel = "P", description = "none, down, up or keep")
    private String pull;

    @Option(names = "--edge", paramLabel = "E", description = "which changes to report: none, rise, fall or both")
    private String edge;

    @Mixin
    private ReadOptions reading;

    @Mixin
    private QueueOptions queue;

    @Override
    public Integer call() throws CommandException, RefusedException {
        var change = change();
        var calls = gateway.open();
        if (pin == null) {
            if (!change.isEmpty()) {
                throw new CommandException(ExitCode.USAGE, "expected PIN, since something is to be changed; got none");
            }
            report(calls.get(board.path() + "/gpio" + reading.query()));
            return ExitCode.OK;
        }
        var path = board.path() + "/gpio/" + pad();
        report(change.isEmpty() ? calls.get(path + reading.query()) : calls.put(path + queue.query(), change));
        return ExitCode.OK;
    }

    private Pad pad() throws CommandException {
        return Pad.from(pin)
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE, "expected PIN to be 0 to " + (Pad.COUNT - 1) + "; got " + pin));
    }

    private ObjectNode change() throws CommandException {
        var change = JsonNodeFactory.instance.objectNode();
        if (direction != null) {
            change.put("direction", direction);
        }
        if (level != null) {
            change.put("value", bit());
        }
        if (pull != null) {
            change.put("pull", pull);
        }
        if (edge != null) {
            change.put("edge", edge);
        }
        return change;
    }

    private int bit() throws CommandException {
        return switch (level.toLowerCase(Locale.ROOT)) {
            case "1", "high" -> 1;
            case "0", "low" -> 0;
            default ->
                throw new CommandException(ExitCode.USAGE, "expected LEVEL to be high, 1, low or 0; got " + level);
        };
    }

    private void report(JsonNode answer) {
        gateway.common().result(answer);
        if (QueueOptions.isKept(answer)) {
            gateway.common().print(QueueOptions.kept(answer));
            return;
        }
        var table = new Table("pin", "direction", "level", "pull", "remarks");
        if (answer.has("pads")) {
            answer.path("pads").forEach(pad -> row(table, pad));
        } else {
            row(table, answer);
        }
        gateway.common().print(table.toString());
    }

    private static void row(Table table, JsonNode pad) {
        var remarks = new StringBuilder();
        if (pad.path("reserved").asBoolean()) {
            remarks.append("reserved ");
        }
        if (!pad.path("edge").asText("none").equals("none")) {
            remarks.append("reports ").append(pad.path("edge").asText()).append(' ');
        }
        if (pad.has("ageMs")) {
            remarks.append("as of ").append(pad.path("asOf").asText());
        }
        table.row(
                pad.path("pin").asText(),
                pad.path("direction").asText(),
                Words.level(pad),
                pad.path("pull").asText(),
                remarks.toString().strip());
    }
}
