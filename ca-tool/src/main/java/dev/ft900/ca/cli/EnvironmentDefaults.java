package dev.ft900.ca.cli;

import dev.ft900.protocol.name.Quoted;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * An environment variable for every option of every command: {@code --some-option} of {@code ./ft900 ca issue} is
 * {@code FT900_CA_ISSUE_SOME_OPTION}, or {@code FT900_SOME_OPTION} for all commands at once. What the command line says comes first.
 */
public final class EnvironmentDefaults implements IDefaultValueProvider {
    private static final Set<String> YES = Set.of("1", "true", "yes", "y", "on");
    private static final Set<String> NO = Set.of("0", "false", "no", "n", "off");

    private final Map<String, String> environment;

    public EnvironmentDefaults(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** A variable that is set, and what it says. */
    private record Said(String variable, String value) {
        boolean isOneOf(Set<String> words) {
            return words.contains(value.toLowerCase(Locale.ROOT));
        }
    }

    /** @throws ParameterException a switch is neither on nor off there: to take it for off could set to work what was to be tried only */
    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
            return null;
        }
        return said(option)
                .map(said -> isSwitch(option) ? String.valueOf(isOn(said, option)) : said.value())
                .orElse(null);
    }

    /** Whether a switch is clearly on. */
    public boolean isOn(OptionSpec option) {
        return said(option).filter(said -> said.isOneOf(YES)).isPresent();
    }

    private Optional<Said> said(OptionSpec option) {
        return variables(path(option.command()), option.longestName()).stream()
                .map(variable -> new Said(variable, environment.getOrDefault(variable, "")))
                .filter(said -> !said.value().isEmpty())
                .findFirst();
    }

    private static boolean isOn(Said said, OptionSpec option) {
        if (said.isOneOf(YES) || said.isOneOf(NO)) {
            return said.isOneOf(YES);
        }
        throw new ParameterException(
                option.command().commandLine(),
                "expected " + said.variable() + " to be 1, true, yes, y or on, or 0, false, no, n, off or empty; got "
                        + Quoted.of(said.value()) + ". It stands for " + option.longestName() + ".");
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
