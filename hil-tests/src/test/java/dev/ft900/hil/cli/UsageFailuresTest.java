package dev.ft900.hil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.ca.cli.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrong option is a line to read, and not a page to look for it in. */
class UsageFailuresTest {
    private final StringWriter err = new StringWriter();

    private int run(String words) {
        var arguments = words.split(" ");
        return Ft900.commandLine(arguments)
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"flash", "flash ports", "ca list"})
    void aCommandNamesTheOptionAndWhereToReadOn(String command) {
        assertThat(run(command + " --nonsense")).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString().lines())
                .containsExactly("ft900: Unknown option: '--nonsense'", "./ft900 " + command + " --help says more.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca", "device"})
    void aNounWithoutAVerbListsTheVerbs(String noun) {
        assertThat(run(noun)).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString()).contains("Commands:");
    }
}
