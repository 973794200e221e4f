package dev.ft900.board.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    @Test
    void somebodyOnATcpPortTalksWithTheFirmware() throws Exception {
        var board = talkative("tcp:0");
        try (var line = new Socket(
                InetAddress.getLoopbackAddress(), Integer.parseInt(portName().replaceAll(".*:", "")))) {
            // As on a wire, what either end says before the other one listens is lost.
            await().atMost(Duration.ofSeconds(50)).until(() -> {
                line.getOutputStream().write("ping.".getBytes(StandardCharsets.US_ASCII));
                return line.getInputStream().available() > 0;
            });
            line.setSoTimeout(30_000);
            assertThat(readUntil(line.getInputStream(), "ping.")).contains("echo ");
        }
        assertThat(board.get(60, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void somebodyOnAPseudoTerminalTalksWithTheFirmware() throws Exception {
        var board = talkative("pty");
        var name = Path.of(portName());
        try (var in = Files.newInputStream(name);
                var out = Files.newOutputStream(name)) {
            talk(in, out);
        }
        assertThat(board.get(60, TimeUnit.SECONDS)).isZero();
    }

    /** The image greets, then echoes what came before a full stop. */
    private Future<Integer> talkative(String uart0) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return run("run", "--uart0", uart0, "--until", "echo ping.", "--timeout", "60s", ft900("uart"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private String portName() {
        var named = Pattern.compile("UART0 is (\\S+)");
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> named.matcher(err.toString()), Matcher::find)
                .group(1);
    }

    private static void talk(InputStream in, OutputStream out) throws IOException {
        assertThat(readUntil(in, "550\n")).contains("hello");
        out.write("ping.".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        assertThat(readUntil(in, "ping.")).contains("echo ping.");
    }

    private static String readUntil(InputStream in, String end) throws IOException {
        var text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int next = in.read();
            assertThat(next).as("what follows " + text).isNotNegative();
            if (next != '\r') {
                text.append((char) next);
            }
        }
        return text.toString();
    }

    @Test
    void aSpeedThatIsNotReachedIsAnError() throws Exception {
        assertThat(run("speed", "--at-least", "1e9", kept("crc"))).isEqualTo(1);
        assertThat(err.toString()).contains("expected at least 1000000000.0 million instructions per second");
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
