package dev.ft900.hil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command says that failed for a reason outside of it. */
class FailuresTest {
    @TempDir
    private Path dir;

    private record Run(int code, String err) {}

    private Run run(String... arguments) {
        var words = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, words, 0, arguments.length);
        words[arguments.length] = "--state";
        words[arguments.length + 1] = dir.resolve("state").toString();
        var err = new StringWriter();
        int code = Ft900.commandLine(words)
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err))
                .execute(words);
        return new Run(code, err.toString());
    }

    @Test
    void aDatabaseThatSomebodyHoldsIsNoFaultOfTheProgram() throws Exception {
        assertThat(run("ca", "init").code()).isZero();
        var issued = run(
                "ca",
                "issue",
                "--profile",
                "board",
                "--cn",
                "board7",
                "--out",
                dir.resolve("out").toString());
        assertThat(issued.code()).as(issued.err()).isZero();

        try (var other = DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("state/ft900.db"));
                var holds = other.createStatement()) {
            holds.execute("begin immediate");

            var revoke = run("ca", "revoke", "--id", "board7");

            assertThat(revoke.code()).as(revoke.err()).isEqualTo(4);
            assertThat(revoke.err())
                    .contains("another process holds the database's lock")
                    .contains("start the command again")
                    .doesNotContain("incident")
                    .doesNotContain("Exception");
            holds.execute("rollback");
        }
        assertThat(run("ca", "revoke", "--id", "board7").code()).isZero();
    }
}
