package dev.ft900.hil.cli;

import dev.ft900.agent.app.AgentCommand;
import dev.ft900.board.cli.BoardCommand;
import dev.ft900.ca.cli.DoctorCommand;
import dev.ft900.ca.cli.EnvironmentDefaults;
import dev.ft900.ca.cli.FlashCommand;
import dev.ft900.ca.cli.authority.CaCommand;
import dev.ft900.hil.cli.device.DeviceCommand;
import java.util.List;
import java.util.Set;
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
            "A newcomer types ./ft900 up. Results for machines go to stdout (--json), words for people to stderr.",
            "Every option can come from the environment: --some-option from FT900_SOME_OPTION.",
            "",
            "Exit codes: 0 done, 1 a fault of this program, 2 wrong usage, 3 refused (by policy, board or",
            "gateway), 4 something on this machine is missing or taken, 5 no answer in time."
        })
public final class Ft900 {
    private static final int USAGE_WIDTH = 110;

    /** In the order of the help. */
    private static final List<Class<?>> COMMANDS = List.of(
            UpCommand.class,
            FlashCommand.class,
            DoctorCommand.class,
            CaCommand.class,
            GatewayCommand.class,
            DeviceCommand.class,
            TokenCommand.class,
            AgentCommand.class,
            BoardCommand.class,
            BrokerCommand.class,
            BenchCommand.class,
            CompletionCommand.class,
            HelpCommand.class);

    /** Those with many connections; the others are over before loading it would pay. */
    private static final Set<String> SERVERS = Set.of("up", "gateway", "bench", "agent");

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        // Read by Java's TLS when it is first used: nobody makes a server of ours do the work of handshakes again and
        // again.
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
        if (args.length > 0 && SERVERS.contains(args[0])) {
            NativeCryptography.use();
        }
        System.exit(commandLine(args).execute(args));
    }

    /** With all commands. */
    static CommandLine commandLine() {
        return commandLine(COMMANDS);
    }

    /** With the command that is wanted, and no other: reading the declarations of all takes longer than a small one runs. */
    private static CommandLine commandLine(String[] args) {
        if (args.length == 1 && args[0].equals("--version")) {
            return commandLine(List.of());
        }
        return commandLine(COMMANDS.stream()
                .filter(command -> args.length > 0 && isNamed(command, args[0]))
                .findFirst()
                .<List<Class<?>>>map(List::of)
                .orElse(COMMANDS));
    }

    private static boolean isNamed(Class<?> command, String name) {
        boolean speaksOfAll = command == CompletionCommand.class || command == HelpCommand.class;
        return !speaksOfAll && command.getAnnotation(Command.class).name().equals(name);
    }

    private static CommandLine commandLine(List<Class<?>> commands) {
        var commandLine = new CommandLine(Ft900.class, new Commands());
        commands.forEach(commandLine::addSubcommand);
        commandLine.setUsageHelpWidth(USAGE_WIDTH);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
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
