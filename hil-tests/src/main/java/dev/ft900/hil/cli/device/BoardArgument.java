package dev.ft900.hil.cli.device;

import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.protocol.name.BoardId;
import picocli.CommandLine.Parameters;

/** Which board a command is about. */
final class BoardArgument {
    @Parameters(index = "0", paramLabel = "ID", description = "the board's id")
    private String id;

    /** Its address in the API. */
    String path() throws CommandException {
        return GatewayCalls.DEVICES + "/" + id();
    }

    BoardId id() throws CommandException {
        return BoardId.from(id)
                .orElseThrow(() ->
                        new CommandException(ExitCode.USAGE, "expected ID to be " + BoardId.RULE + "; got " + id));
    }
}
