package dev.ft900.ca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a variable says of a switch. */
class EnvironmentDefaultsTest {
    private static final int ON = 10;
    private static final int OFF = 11;

    private final StringWriter err = new StringWriter();

    @Command(name = "ft900")
    private static final class Tried implements Callable<Integer> {
        @Option(names = "--dry-run", description = "try it")
        private boolean dryRun;

        @Override
        public Integer call() {
            return dryRun ? ON : OFF;
        }
    }

    private int run(String value) {
        return new CommandLine(new Tried())
                .setErr(new PrintWriter(err))
                .setDefaultValueProvider(new EnvironmentDefaults(Map.of("FT900_DRY_RUN", value)))
                .execute();
    }

    @ParameterizedTest
    @CsvSource({"1,10", "TRUE,10", "yes,10", "y,10", "on,10", "0,11", "false,11", "no,11", "N,11", "off,11", "'',11"})
    void aSwitchIsOnOrOff(String value, int expected) {
        assertThat(run(value)).isEqualTo(expected);
    }

    @Test
    void anyOtherWordIsWrongUsageAndNotOff() {
        assertThat(run("sure")).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString()).contains("expected FT900_DRY_RUN to be").contains("got \"sure\"");
    }
}
