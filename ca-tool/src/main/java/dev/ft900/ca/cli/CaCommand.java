package dev.ft900.ca.cli;

import picocli.CommandLine.Command;

/** {@code ./ft900 ca}. */
@Command(
        name = "ca",
        description = "The certificate authority: make one, issue certificates.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {CaInitCommand.class, CaIssueCommand.class})
public final class CaCommand {}
