package dev.ft900.board.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BoardCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void severalImagesRunOneAfterTheOtherWithALineOfJsonEach() throws Exception {
        int code = run("run", "--machine", "gnu-sim", "--json", kept("crc"), kept("queens"));
        assertThat(code).isZero();
        assertThat(out.toString().lines()).hasSize(2).allSatisfy(line -> assertThat(line)
                .contains("\"ended\":\"exit\"", "\"exitCode\":0", "\"findings\":[]")
                .containsPattern("\"instructions\":[1-9]"));
    }

    @Test
    void aProgramThatNeverEndsIsATimeOut() throws Exception {
        var image = folder.resolve("loop.bin");
        Files.write(image, new byte[] {0, 0, 0x30, 0}); // jmp 0
        assertThat(run("run", "--machine", "gnu-sim", "--uart0", "none", "--max-cycles", "1000", image.toString()))
                .isEqualTo(124);
        assertThat(run("run", "--machine", "gnu-sim", "--uart0", "none", "--timeout", "50ms", image.toString()))
                .isEqualTo(124);
        assertThat(err.toString())
                .contains("cycles, exit code 124, 1,000 instructions")
                .contains("time-out, exit code 124");
    }

    @Test
    void aFaultIsReportedWithItsPlaceAndItsOwnExitCode() throws Exception {
        var image = folder.resolve("halt.bin");
        Files.write(image, new byte[] {0, 0, 0, 0x78});
        assertThat(run("run", "--machine", "gnu-sim", "--uart0", "none", image.toString()))
                .isEqualTo(132);
        assertThat(err.toString()).contains("illegal at 0x00000: word 0x78000000, halt");
    }

    @Test
    void theTextOfTheConsoleEndsARunAndGoesToAFile() throws Exception {
        var image = folder.resolve("print.bin");
        // ldk r0,'!'; sta.b 0x10000,r0; jmp 4
        Files.write(image, new byte[] {0x21, 0, 0, 0x64, 0, 0, 1, (byte) 0xB8, 1, 0, 0x30, 0});
        var text = folder.resolve("text");
        assertThat(run(
                        "run",
                        "--machine",
                        "gnu-sim",
                        "--uart0",
                        "file:" + text,
                        "--until",
                        "!!!",
                        "--max-cycles",
                        "100000000",
                        image.toString()))
                .isZero();
        assertThat(Files.readString(text)).startsWith("!!!");
        assertThat(err.toString()).contains("text-seen");
    }

    @Test
    void tracesNameInstructionsAndCalls() throws Exception {
        var trace = folder.resolve("trace");
        var calls = folder.resolve("calls");
        run(
                "run",
                "--machine",
                "gnu-sim",
                "--uart0",
                "none",
                "--max-cycles",
                "2000",
                "--trace",
                trace.toString(),
                "--call-trace",
                calls.toString(),
                kept("queens"));
        assertThat(Files.readAllLines(trace)).hasSize(2000).first().asString().startsWith("0 00000 ");
        assertThat(Files.readString(calls)).contains(" main\n");
    }

    @Test
    void aSavedStateGoesOnWhereItStopped() throws Exception {
        var state = folder.resolve("state");
        run(
                "run",
                "--machine",
                "gnu-sim",
                "--uart0",
                "none",
                "--max-cycles",
                "100000",
                "--save",
                state.toString(),
                kept("sort"));
        assertThat(run("run", "--machine", "gnu-sim", "--uart0", "none", "--restore", state.toString()))
                .isZero();
    }

    @Test
    void infoTellsSizesAndRefusesWhatAnFt900CannotRun() throws Exception {
        assertThat(run("info", "--json", kept("crc"))).isZero();
        assertThat(out.toString()).contains("\"flashSize\":262144").contains("\"name\":\".text\"");
        var image = folder.resolve("compressed.bin");
        Files.write(image, new byte[] {0, 0, 0, 0x10});
        assertThat(run("info", image.toString())).isEqualTo(3);
        assertThat(err.toString()).contains("FT93x");
    }

    @Test
    void anImageOfTheFt900RunsFromFlashThatStays() throws Exception {
        var flash = folder.resolve("flash.bin");
        assertThat(run(
                        "run",
                        "--strict",
                        "--uart0",
                        "none",
                        "--max-cycles",
                        "300000000",
                        "--flash",
                        flash.toString(),
                        ft900("i2c")))
                .isZero();
        assertThat(run("run", "--strict", "--uart0", "none", "--max-cycles", "300000000", "--flash", flash.toString()))
                .isZero();
    }

    private int run(String... args) {
        return new CommandLine(new BoardCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println(failure.getMessage());
                    return failure instanceof CommandLine.IExitCodeGenerator meant ? meant.getExitCode() : 1;
                })
                .execute(args);
    }

    private String kept(String name) throws IOException {
        return copy("/dev/ft900/board/gnusim/" + name + ".elf", name);
    }

    private String ft900(String name) throws IOException {
        return copy("/dev/ft900/board/images/" + name + ".elf", name);
    }

    private String copy(String resource, String name) throws IOException {
        var file = folder.resolve(name + ".elf");
        try (var in = BoardCommandTest.class.getResourceAsStream(resource)) {
            Files.write(file, in.readAllBytes());
        }
        return file.toString();
    }
}
