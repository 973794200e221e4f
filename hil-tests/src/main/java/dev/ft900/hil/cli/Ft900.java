package dev.ft900.hil.cli;

import dev.ft900.agent.app.AgentCommand;
import dev.ft900.board.cli.BoardCommand;
import dev.ft900.ca.cli.DoctorCommand;
import dev.ft900.ca.cli.EnvironmentDefaults;
import dev.ft900.ca.cli.FlashCommand;
import dev.ft900.ca.cli.authority.CaCommand;
import dev.ft900.hil.cli.device.DeviceCommand;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;

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
    private static final int USAGE_WIDTH = 120;

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

    private static final Set<Class<?>> SPEAK_OF_ALL = Set.of(CompletionCommand.class, HelpCommand.class);
    private static final IFactory FACTORY = new Commands();

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        // Read by Java's TLS when it is first used: nobody makes a server of ours do the work of handshakes again and
        // again.
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
        if (args.length > 0 && SERVERS.contains(args[0])) {
            NativeCryptography.use();
        }
        int exitCode = commandLine(args).execute(args);
        endHttpClients();
        System.exit(exitCode);
    }

    /**
     * Asked to exit, the JVM waits a third of a second for threads that are inside the system, as the one of Java's HTTP client always is.
     * It ends when it is interrupted; before Java 21 there is no other way to close a client.
     */
    private static void endHttpClients() {
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("HttpClient-"))
                .filter(thread -> thread.getName().endsWith("-SelectorManager"))
                .forEach(Thread::interrupt);
    }

    /** With all commands. */
    static CommandLine commandLine() {
        return commandLine(COMMANDS.stream().map(Ft900::whole).toList());
    }

    /**
     * With what these arguments name, and no more of it than they need: reading the declarations of all commands takes longer than a
     * small one runs. Says the same as {@link #commandLine()} with everything.
     */
    static CommandLine commandLine(String[] args) {
        String first = args.length > 0 ? args[0] : "";
        String second = args.length > 1 ? args[1] : "";
        if (args.length == 1 && first.equals("--version")) {
            return commandLine(List.of());
        }
        if (args.length == 1 && first.equals("--help")) {
            return commandLine(COMMANDS.stream().map(Ft900::heading).toList());
        }
        var noun = find(COMMANDS, first).filter(command -> !SPEAK_OF_ALL.contains(command));
        if (noun.isEmpty()) {
            return commandLine();
        }
        var verb = find(List.of(noun.get().getAnnotation(Command.class).subcommands()), second);
        return commandLine(List.of(
                verb.map(command -> heading(noun.get()).addSubcommand(command)).orElseGet(() -> whole(noun.get()))));
    }

    private static Optional<Class<?>> find(List<Class<?>> commands, String name) {
        return commands.stream()
                .filter(command -> command.getAnnotation(Command.class).name().equals(name))
                .findFirst();
    }

    private static CommandLine whole(Class<?> command) {
        return new CommandLine(command, FACTORY);
    }

    /** A command with its name and what it is for, and without options and verbs of its own. */
    private static CommandLine heading(Class<?> command) {
        var declared = command.getAnnotation(Command.class);
        var spec = CommandSpec.create().name(declared.name());
        spec.usageMessage().header(declared.header()).description(declared.description());
        return new CommandLine(spec, FACTORY);
    }

    private static CommandLine commandLine(List<CommandLine> commands) {
        var commandLine = new CommandLine(Ft900.class, FACTORY);
        commands.forEach(commandLine::addSubcommand);
        commandLine.setUsageHelpWidth(USAGE_WIDTH);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExecutionExceptionHandler(new Failures());
        commandLine.getSubcommands().values().forEach(Ft900::addHelp);
        var environment = new EnvironmentDefaults(System.getenv());
        commandLine.setDefaultValueProvider(environment);
        commandLine.setParameterExceptionHandler(new UsageFailures(environment));
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
