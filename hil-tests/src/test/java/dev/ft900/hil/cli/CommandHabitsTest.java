package dev.ft900.hil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ft900.ca.cli.EnvironmentDefaults;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What all commands have in common, so that whoever knows one knows the others. */
class CommandHabitsTest {
    /** They print for a shell or about the commands themselves; the speed of engines is a table for people. */
    private static final Set<String> WITHOUT_JSON = Set.of("ft900 completion", "ft900 help", "ft900 board speed");

    static Stream<CommandSpec> commands() {
        return leaves(Ft900.commandLine().getCommandSpec()).stream();
    }

    private static List<CommandSpec> leaves(CommandSpec command) {
        var leaves = new ArrayList<CommandSpec>();
        if (command.userObject() instanceof Runnable || command.userObject() instanceof Callable) {
            leaves.add(command);
        }
        command.subcommands().values().forEach(below -> leaves.addAll(leaves(below.getCommandSpec())));
        return leaves;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void speaksToMachinesAndIsWorthReading(CommandSpec command) {
        var name = command.qualifiedName();
        if (!WITHOUT_JSON.contains(name)) {
            assertThat(command.findOption("--json")).as(name + " --json").isNotNull();
        }
        assertThat(command.usageMessage().description())
                .as(name + ": description")
                .isNotEmpty();
        assertThat(command.findOption("--help")).as(name + " --help").isNotNull();
        for (var option : command.options()) {
            assertThat(option.description())
                    .as(name + " " + option.longestName())
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void takesEveryOptionFromTheEnvironment(CommandSpec command) {
        for (var option : command.options()) {
            if (!option.usageHelp() && !option.versionHelp()) {
                var variable = variable(command, option);
                assertThat(new EnvironmentDefaults(Map.of(variable, "true")).defaultValue(option))
                        .as(variable)
                        .isEqualTo("true");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("helps")
    void saysTheSameWhenOnlyWhatIsAskedForIsRead(List<String> arguments) {
        var words = arguments.toArray(String[]::new);

        var help = help(Ft900.commandLine(words), words);

        assertThat(help).isEqualTo(help(Ft900.commandLine(), words)).contains("Usage: ft900");
    }

    static Stream<List<String>> helps() {
        var nouns = Ft900.commandLine().getSubcommands().keySet().stream().map(List::of);
        var leaves = commands()
                .map(command -> List.of(command.qualifiedName().split(" ")))
                .map(path -> path.subList(1, path.size()));
        return Stream.concat(Stream.of(List.<String>of()), Stream.concat(nouns, leaves))
                .distinct()
                .map(path -> Stream.concat(path.stream(), Stream.of("--help")).toList());
    }

    private static String help(CommandLine line, String... words) {
        var out = new StringWriter();
        assertThat(line.setOut(new PrintWriter(out)).execute(words)).isZero();
        return out.toString();
    }

    private static String variable(CommandSpec command, OptionSpec option) {
        return (command.qualifiedName("_") + option.longestName().replaceFirst("^-+", "_"))
                .replace('-', '_')
                .toUpperCase(Locale.ROOT);
    }

    @Test
    void aWrongOptionIsNamedWithWhereToReadOn() {
        var err = new StringWriter();
        CommandLine line = Ft900.commandLine().setErr(new PrintWriter(err));

        assertThat(line.execute("ca", "list", "--surprise")).isEqualTo(2);
        assertThat(err.toString()).contains("--surprise").contains("./ft900 ca list --help");
        assertThat(err.toString().lines()).hasSizeLessThan(5);
    }

    @Test
    void aNounWithoutAVerbShowsItsVerbs() {
        var err = new StringWriter();

        assertThat(Ft900.commandLine().setErr(new PrintWriter(err)).execute("ca"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("Missing required subcommand").contains("rollover");
    }

    @Test
    void aWrongCallToldToSpeakJsonDoesSo() throws IOException {
        var out = new StringWriter();
        CommandLine line =
                Ft900.commandLine().setErr(new PrintWriter(new StringWriter())).setOut(new PrintWriter(out));

        assertThat(line.execute("ca", "issue", "--profile", "board", "--json")).isEqualTo(2);
        assertThat(new JsonMapper()
                        .readTree(out.toString())
                        .at("/error/exitCode")
                        .asInt())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void noLineOfADescriptionIsBrokenByTheHelp(CommandSpec command) {
        assertThat(command.usageMessage().description())
                .as(command.qualifiedName())
                .allMatch(line -> line.length() < command.usageMessage().width());
    }
}
