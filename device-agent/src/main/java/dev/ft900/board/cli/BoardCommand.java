package dev.ft900.board.cli;

import picocli.CommandLine.Command;

/** {@code ./ft900 board}. */
@Command(
        name = "board",
        description = "Run firmware images on a virtual FT900, register by register.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {RunCommand.class, InfoCommand.class, SpeedCommand.class})
public final class BoardCommand {}
