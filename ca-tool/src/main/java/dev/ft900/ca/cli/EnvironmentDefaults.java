package dev.ft900.ca.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An environment variable for every option of every command: {@code --some-option} of {@code ./ft900 ca issue} is
 * {@code FT900_CA_ISSUE_SOME_OPTION}, or {@code FT900_SOME_OPTION} for all commands at once. What the command line says comes first.
 */
public final class EnvironmentDefaults implements IDefaultValueProvider {
    private static final Set<String> YES = Set.of("1", "true", "yes", "on");

    private final Map<String, String> environment;

    public EnvironmentDefaults(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
            return null;
        }
        var name = option.longestName();
        return Stream.of(variable(path(option.command()) + name), variable("ft900" + name))
                .map(environment::get)
                .filter(value -> value != null && !value.isEmpty())
                .findFirst()
                .map(value -> isSwitch(option) ? String.valueOf(YES.contains(value.toLowerCase(Locale.ROOT))) : value)
                .orElse(null);
    }

    private static boolean isSwitch(OptionSpec option) {
        return option.arity().max() == 0;
    }

    /** For example {@code ft900-ca-issue}. */
    private static String path(CommandSpec command) {
        return Optional.ofNullable(command.parent())
                        .map(parent -> path(parent) + "-")
                        .orElse("")
                + command.name();
    }

    private static String variable(String words) {
        return words.replaceAll("-+", "_").toUpperCase(Locale.ROOT);
    }
}
