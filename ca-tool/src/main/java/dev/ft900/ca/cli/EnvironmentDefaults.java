package dev.ft900.ca.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        return variables(path(option.command()), name).stream()
                .map(environment::get)
                .filter(value -> value != null && !value.isEmpty())
                .findFirst()
                .map(value -> isSwitch(option) ? String.valueOf(YES.contains(value.toLowerCase(Locale.ROOT))) : value)
                .orElse(null);
    }

    /**
     * The variables for an option, the one that counts more first.
     *
     * @param path of the command, such as {@code ft900-ca-issue}
     * @param option with its hyphens
     */
    public static List<String> variables(String path, String option) {
        return List.of(variable(path + option), variable("ft900" + option));
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
