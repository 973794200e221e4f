package dev.ft900.hil.cli.device;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.hil.rest.EventListener.ServerEvent;
import dev.ft900.protocol.name.BoardId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./ft900 device events}. */
@Command(
        name = "events",
        description = {
            "Follow what happens: edges of pins, boards that come and go, commands. Until Ctrl-C.",
            "",
            "When the gateway goes away it is called again each second, and told after which event to go on."
        })
final class EventsCommand implements Callable<Integer> {
    private static final long AGAIN_MILLIS = 1_000;

    @Mixin
    private GatewayOptions gateway;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "of one board only")
    private String id;

    @Option(names = "--after", paramLabel = "EVENT", description = "go on after the event with this id")
    private String after;

    @Option(names = "--count", paramLabel = "N", description = "end after so many events")
    private Long count;

    private Optional<String> seen = Optional.empty();
    private long heard;

    @Override
    public Integer call() throws CommandException, RefusedException {
        var calls = gateway.open();
        var path = path();
        seen = Optional.ofNullable(after);
        // The first time a gateway that cannot be reached is an error, and afterwards something that passes.
        follow(calls, path);
        while (!isEnough()) {
            pause();
            try {
                follow(calls, path);
            } catch (CommandException e) {
                gateway.common().say(e.getMessage());
            } catch (RefusedException e) {
                if (!e.mayPass()) {
                    throw e;
                }
                gateway.common().say(e.getMessage());
            }
        }
        return ExitCode.OK;
    }

    private String path() throws CommandException {
        if (id == null) {
            return "/api/v1/events";
        }
        var board = BoardId.from(id)
                .orElseThrow(() ->
                        new CommandException(ExitCode.USAGE, "expected ID to be " + BoardId.RULE + "; got " + id));
        return GatewayCalls.DEVICES + "/" + board + "/events";
    }

    private boolean isEnough() {
        return count != null && heard >= count;
    }

    private static void pause() throws CommandException {
        try {
            Thread.sleep(AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.ENVIRONMENT, "interrupted", e);
        }
    }

    private void follow(GatewayCalls calls, String path) throws CommandException, RefusedException {
        try (var listener = calls.listen(path, seen)) {
            if (heard == 0) {
                gateway.common().say("Listening ...");
            }
            while (!isEnough()) {
                var event = listener.next();
                if (event.isEmpty()) {
                    gateway.common().say("The gateway ended the stream; calling it again");
                    return;
                }
                tell(event.get());
            }
        } catch (IOException e) {
            gateway.common().say("The stream of events broke (" + e.getMessage() + "); calling the gateway again");
        }
    }

    private void tell(ServerEvent event) {
        heard++;
        seen = Optional.of(event.id());
        var data = event.data();
        var rest = ((ObjectNode) data.deepCopy()).without(List.of("device", "at"));
        var command = data.path("command");
        var words = command.isMissingNode()
                ? Words.arguments(rest)
                : command.path("operation").asText() + " " + Words.arguments(command.path("arguments")) + " "
                        + command.path("outcome").asText() + " by "
                        + command.path("caller").asText();
        gateway.common()
                .print(Words.time(data.path("at")) + "  " + data.path("device").asText("-") + "  " + event.kind() + "  "
                        + words);
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("id", event.id()).put("event", event.kind());
        json.setAll((ObjectNode) data);
        gateway.common().result(json);
    }
}
