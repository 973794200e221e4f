package dev.ft900.hil.cli;

import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.EnvironmentDefaults;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.app.GatewaySettings;
import dev.ft900.gateway.settings.EffectiveSettings;
import dev.ft900.gateway.settings.GatewaySettingsReader;
import dev.ft900.gateway.settings.Given;
import dev.ft900.gateway.settings.Setting;
import dev.ft900.gateway.settings.Settings;
import dev.ft900.gateway.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/**
 * The settings of the gateway as options, one for each that is no secret, and the file that holds more of them. They are texts here: what
 * each must be is said in {@link Settings}, so that all that is wrong comes out at once, wherever it was said.
 */
final class ServerOptions {
    private final Map<String, String> environment;
    private CommandSpec command;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "file of settings, one \"name = value\" a line, with the names of these options; flags and "
                    + "environment count more")
    private Path file;

    ServerOptions() {
        this(System.getenv());
    }

    ServerOptions(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Spec(Target.MIXEE)
    void addTo(CommandSpec mixee) {
        command = mixee;
        for (var setting : Settings.ALL) {
            if (!setting.isSecret() && mixee.findOption(setting.flag()) == null) {
                mixee.addOption(option(setting));
            }
        }
    }

    private static OptionSpec option(Setting<?> setting) {
        var usual = setting.usual().map(value -> " (default: " + value + ")").orElse("");
        return OptionSpec.builder(setting.flag())
                .type(String.class)
                .paramLabel(setting.label())
                .description(setting.description() + usual)
                .build();
    }

    /** What counts, checked. */
    EffectiveSettings effective() throws CommandException {
        try {
            return EffectiveSettings.read(flags(), variables(), Optional.ofNullable(file));
        } catch (SettingsException e) {
            throw new CommandException(ExitCode.USAGE, e.getMessage(), e);
        }
    }

    GatewaySettings settings(StateFolder state) throws CommandException {
        try {
            return GatewaySettingsReader.read(state, effective());
        } catch (SettingsException e) {
            throw new CommandException(ExitCode.USAGE, e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        }
    }

    private Map<String, Given> flags() {
        var given = new LinkedHashMap<String, Given>();
        var parsed = command.commandLine().getParseResult();
        for (var setting : Settings.ALL) {
            if (!setting.isSecret() && parsed.hasMatchedOption(setting.flag())) {
                given.put(setting.name(), new Given(parsed.matchedOptionValue(setting.flag(), ""), setting.flag()));
            }
        }
        return given;
    }

    private Map<String, Given> variables() {
        var given = new LinkedHashMap<String, Given>();
        for (var setting : Settings.ALL) {
            for (var variable : EnvironmentDefaults.variables(environmentPath(), setting.flag())) {
                var value = environment.get(variable);
                if (value != null && !value.isEmpty()) {
                    given.putIfAbsent(setting.name(), new Given(value, variable));
                }
            }
        }
        return given;
    }

    /** {@code gateway config} shows what {@code gateway run} would do. */
    private String environmentPath() {
        return command.qualifiedName("-").replace("gateway-config", "gateway-run");
    }
}
