package dev.ft900.hil.cli;

import dev.ft900.ca.cli.EnvironmentDefaults;
import dev.ft900.ca.cli.ExitCode;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What a command says that was called wrongly: what is wrong, and where to read on. A noun without a verb shows its verbs.
 */
final class UsageFailures implements IParameterExceptionHandler {
    private final EnvironmentDefaults environment;

    UsageFailures(EnvironmentDefaults environment) {
        this.environment = environment;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        var command = failure.getCommandLine();
        var name = command.getCommandSpec().qualifiedName();
        var err = command.getErr();
        // Some do something by themselves and have commands below them.
        boolean noun = !(command.getCommand() instanceof Callable)
                && !command.getSubcommands().isEmpty();
        err.println("ft900: " + failure.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(failure, err) && noun) {
            command.usage(err);
        }
        err.println("./" + name + " --help says more.");
        err.flush();
        if (wantsJson(command, arguments)) {
            Failures.printJson(command, ExitCode.USAGE, failure);
        }
        return ExitCode.USAGE;
    }

    /** Parsing broke off, so nobody has asked the options yet. */
    private boolean wantsJson(CommandLine command, String[] arguments) {
        var json = command.getCommandSpec().findOption("--json");
        return json != null && (Arrays.asList(arguments).contains("--json") || environment.isOn(json));
    }
}
