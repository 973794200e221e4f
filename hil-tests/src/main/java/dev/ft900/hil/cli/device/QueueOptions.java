package dev.ft900.hil.cli.device;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.ExitCode;
import picocli.CommandLine.Option;

/** What is to become of a command for a board that is away. */
final class QueueOptions {
    @Option(
            names = "--queue",
            paramLabel = "SPAN",
            description = "keep the command this long (30s, 5m, 2h) for a board that is offline, instead of failing")
    private String span;

    String query() throws CommandException {
        if (span == null) {
            return "";
        }
        if (!span.matches("[0-9]{1,6}(ms|s|m|h)")) {
            throw new CommandException(
                    ExitCode.USAGE, "expected --queue to be a span such as 500ms, 30s, 5m or 2h; got " + span);
        }
        return "?queue=" + span;
    }

    /** Whether the gateway keeps the command, so that there is no answer of the board yet. */
    static boolean isKept(JsonNode answer) {
        return answer.path("state").asText().equals("queued");
    }

    static String kept(JsonNode answer) {
        return "queued as " + answer.path("id").asText() + " until "
                + answer.path("deadline").asText();
    }
}
