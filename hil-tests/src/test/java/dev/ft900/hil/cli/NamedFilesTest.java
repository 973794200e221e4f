package dev.ft900.hil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a file that somebody named, the answer is a sentence about this file. */
class NamedFilesTest {
    private static final byte[] NO_TEXT = {(byte) 0xFE, (byte) 0xFF, 0x30, (byte) 0x82, 0x01, (byte) 0xC0, 0x0A};

    @TempDir
    private static Path dir;

    @BeforeAll
    static void makeFiles() throws IOException {
        assertThat(run("ca init --state STATE").code()).isZero();
        assertThat(run("ca issue --state STATE --profile board --cn board7 --out OUT")
                        .code())
                .isZero();
        Files.createDirectory(dir.resolve("folder"));
        Files.write(dir.resolve("empty"), new byte[0]);
        Files.write(dir.resolve("bytes"), NO_TEXT);
    }

    private record Run(int code, String err) {}

    private static Run run(String command) {
        var words = Arrays.stream(command.replace("STATE", dir.resolve("state").toString())
                        .replace("OUT", dir.resolve("out").toString())
                        .split(" "))
                .toArray(String[]::new);
        var err = new StringWriter();
        var silent = new PrintWriter(new StringWriter());
        int code = Ft900.commandLine(words)
                .setOut(silent)
                .setErr(new PrintWriter(err))
                .execute(words);
        return new Run(code, err.toString().strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ca sign --state STATE --profile board --out OUT FILE",
                "ca renew --state STATE --cn board7 --out OUT --csr FILE",
                "ca inspect FILE",
                "ca inspect OUT/board7.cert.pem --password-file FILE",
                "ca verify --state STATE FILE",
                "ca verify --state STATE OUT/board7.cert.pem --crl FILE",
                "ca restore FILE --state OUT/new --backup-passphrase-file OUT/board7.key.pem",
                "ca export --state STATE --id board7 --format p12 --key FILE --password-file OUT/board7.cert.pem --out OUT/x",
                "ca export --state STATE --id board7 --format p12 --key OUT/board7.key.pem --password-file FILE --out OUT/x",
                "flash batch --state STATE --csv FILE --out OUT/done.csv --ports socket://localhost:1"
                        + " --broker localhost:1",
                "flash --state STATE --id board7 --port socket://localhost:1 --gateway https://localhost:1 --token-file FILE",
                "device list --state STATE --gateway https://localhost:1 --token-file FILE",
                "device list --state STATE --gateway https://localhost:1 --token-file OUT/board7.cert.pem --ca FILE",
                "device register board9 --state STATE --gateway https://localhost:1 --token-file OUT/board7.cert.pem"
                        + " --csr FILE --out OUT/fresh"
            })
    void isNamedWithWhatWasExpectedAndWhatCame(String command) {
        walk(command, "missing", "folder", "empty", "bytes");
    }

    /** To a board any bytes are an image. */
    @ParameterizedTest
    @ValueSource(strings = {"board info FILE", "board run FILE"})
    void isNamedWhereAnyBytesWouldDo(String command) {
        walk(command, "missing", "folder", "empty");
    }

    /** A folder in its place, a file where its folder should be. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ca crl --state STATE --out FILE",
                "ca export --state STATE --id board7 --format pem --out FILE",
                "ca backup --state STATE --out FILE --backup-passphrase-file OUT/board7.key.pem",
                "ca issue --state STATE --profile board --cn board8 --out FILE/issued"
            })
    void cannotBeWrittenAndTheSentenceNamesIt(String command) {
        walk(command.replace("/issued", ""), "empty/below");
        if (!command.contains("/issued")) {
            walk(command, "folder");
        }
    }

    /** Wrong usage, or a thing that is not there; no fault of the program. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ca inspect host:70000",
                "flash info --port socket://host:99999",
                "flash info --port socket://localhost:1 --baud 0",
                "flash batch --csv OUT/in.csv --out OUT/out.csv --baud many",
                "flash --state STATE --id board7 --port socket://localhost:1 --broker h:abc",
                "flash --state STATE --id board7 --port socket://localhost:1 --broker ::1",
                "flash --state STATE --id board7 --port socket://localhost:1 --broker [::1]:8883",
                "ca export --state STATE --id board7 --format slot --broker h:70000 --out OUT/slot",
                "ca export --state STATE --id board7 --format slot --broker h:abc --out OUT/slot"
            })
    void whatIsNoAddressAndNoRateIsSaidInASentence(String command) {
        var run = run(command);

        assertThat(run.code()).as(command + ": " + run.err()).isIn(2, 4);
        assertThat(run.err())
                .as(command)
                .containsAnyOf("expected", "a port is", "a broker's host is")
                .doesNotContain("Exception")
                .doesNotContain("For input string")
                .doesNotContain("incident");
    }

    private static void walk(String command, String... names) {
        for (var name : names) {
            var file = dir.resolve(name).toString();

            var run = run(command.replace("FILE", file));

            assertThat(run.code()).as(command + " with a file that is " + name).isBetween(1, 4);
            assertThat(run.err())
                    .as(command + " with a file that is " + name)
                    .contains(file)
                    .contains("expected ")
                    .doesNotContain("Exception")
                    .doesNotContain("\tat ")
                    .doesNotContain("Input length");
        }
    }
}
