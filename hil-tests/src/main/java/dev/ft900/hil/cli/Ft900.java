package dev.ft900.hil.cli;

import dev.ft900.agent.app.AgentCommand;
import dev.ft900.board.cli.BoardCommand;
import dev.ft900.ca.cli.EnvironmentDefaults;
import dev.ft900.ca.cli.FlashCommand;
import dev.ft900.ca.cli.authority.CaCommand;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code ./ft900}. */
@Command(
        name = "ft900",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Remote control, provisioning and hardware-in-the-loop testing of Bridgetek FT900 boards.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%n",
        footer = {
            "A newcomer types ./ft900 up. Results for machines go to stdout, words for people to stderr.",
            "",
            "Exit codes: 0 done, 1 a fault of this program, 2 wrong usage, 3 refused (by policy, board or",
            "gateway), 4 something on this machine is missing or taken, 5 no answer in time."
        },
        subcommands = {
            UpCommand.class,
            FlashCommand.class,
            CaCommand.class,
            GatewayCommand.class,
            AgentCommand.class,
            BoardCommand.class,
            BenchCommand.class,
            GenerateCompletion.class,
            HelpCommand.class
        })
public final class Ft900 {
    private static final int USAGE_WIDTH = 110;

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        var commandLine = new CommandLine(Ft900.class);
        commandLine.setUsageHelpWidth(USAGE_WIDTH);
        commandLine.setExecutionExceptionHandler(new Failures());
        commandLine.getSubcommands().values().forEach(Ft900::addHelp);
        commandLine.setDefaultValueProvider(new EnvironmentDefaults(System.getenv()));
        return commandLine;
    }

    /** Every command answers {@code --help}, those below it too. */
    private static void addHelp(CommandLine command) {
        if (command.getCommandSpec().findOption("--help") == null) {
            command.getCommandSpec().mixinStandardHelpOptions(true);
        }
        command.getSubcommands().values().forEach(Ft900::addHelp);
    }
}
