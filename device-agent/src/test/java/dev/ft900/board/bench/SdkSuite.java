package dev.ft900.board.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ft900.board.image.ImageException;
import dev.ft900.board.image.ImageReader;
import dev.ft900.board.peripheral.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The vendor's examples as acceptance programs (sheet, chapter 5): each strict, on both revisions, against the lines that a passing run
 * prints. {@code .ci/sdk-suite} builds them from a user's copy of the SDK and names the folder; nothing of the SDK is in this project.
 */
class SdkSuite {
    private static final String FOLDER = "ft900.sdk.images";

    /** What is done to the board before it is looked at. */
    private interface Script {
        void play(TestBoard board);
    }

    /**
     * One example.
     *
     * @param time of the board, at most
     * @param lines that have to be printed, in this order
     */
    private record Example(String name, int seconds, Script script, List<String> lines) {
        Example(String name, int seconds, String... lines) {
            this(name, seconds, board -> {}, List.of(lines));
        }
    }

    private static final List<Example> EXAMPLES = List.of(
            new Example("GPIO Example 1", 3, SdkSuite::expectToggling, List.of("Toggling GPIO18")),
            new Example(
                    "GPIO Example 2",
                    2,
                    board -> board.bench.at(100_000_000, () -> board.bench.drive(18, true)),
                    List.of("Reading GPIO18", "Pin is Low", "Pin is High")),
            new Example(
                    "GPIO Example 3",
                    2,
                    SdkSuite::threeEdges,
                    List.of("Triggering off GPIO18", "Pin interrupted!", "Pin interrupted!", "Pin interrupted!")),
            echoing("UART Example 1"),
            echoing("UART Example 2"),
            echoing("UART Example 3"),
            echoing("UART Example 4"),
            new Example("UART 9Bit Mode Example", 5, SdkSuite::wireUart1Back, List.of("Welcome to")),
            new Example(
                    "Timer Example 1",
                    8,
                    "Timer _ _ _ _",
                    "Timer A _ _ _",
                    "Timer _ B _ _",
                    "Timer _ _ C _",
                    "Timer _ _ _ D"),
            new Example(
                    "Timer Example 2",
                    8,
                    "Timer A _ _ _",
                    "Timer _ B _ _",
                    "Timer A _ C _",
                    "Timer _ _ _ D",
                    "Timer A B _ _"),
            new Example(
                    "Timer Example 3",
                    8,
                    "Timer A _ _ _",
                    "Timer _ B _ _",
                    "Timer A _ C _",
                    "Timer _ _ _ D",
                    "Timer A B _ _"),
            new Example("RTC Example 1", 6, "Uptime", "1 s", "2 s", "3 s"),
            new Example("RTC Example 2", 8, "2 seconds elapsed", "4 seconds elapsed", "6 seconds elapsed"),
            new Example(
                    "Watchdog Example 1",
                    45,
                    "Wait for 10 Seconds before starting the test",
                    "WDT Kick 1",
                    "WDT Kick 10",
                    "Level 1 watchdog timeout...",
                    "Welcome to"),
            new Example("DLOG Example", 10, "dlog_init: passed, pgsz=0x100, pages=14", "program ended"),
            new Example(
                    "Ethernet Example 1",
                    10,
                    board -> board.bench.at(
                            300_000_000, () -> board.machine.devices().phy().plug(true)),
                    List.of("Please plug in your Ethernet cable", "Ethernet Link Up", "Sending gratuitous ARP")));

    private static Example echoing(String name) {
        return new Example(
                name,
                6,
                board -> board.bench.at(300_000_000, () -> board.bench.type(0, "The quick brown fox")),
                List.of("Welcome to", "The quick brown fox"));
    }

    private static void expectToggling(TestBoard board) {
        assertThat(board.bench.awaitEdge(18, true, Duration.ofSeconds(3))).isPresent();
        assertThat(board.bench.awaitEdge(18, false, Duration.ofSeconds(2))).isPresent();
    }

    private static void threeEdges(TestBoard board) {
        for (int i = 0; i < 3; i++) {
            long at = 100_000_000L + i * 20_000_000L;
            board.bench.at(at, () -> board.bench.drive(18, true));
            board.bench.at(at + 10_000_000, () -> board.bench.drive(18, false));
        }
    }

    private static void wireUart1Back(TestBoard board) {
        var uart = board.machine.devices().uart(1);
        uart.connect(uart::receive);
    }

    static Stream<Arguments> runs() {
        return EXAMPLES.stream().flatMap(example -> Arrays.stream(Revision.values())
                .map(revision -> Arguments.of(example.name(), revision)));
    }

    @ParameterizedTest(name = "{0}, revision {1}")
    @MethodSource("runs")
    void theExamplePassesStrict(String name, Revision revision) throws IOException, ImageException {
        var folder = System.getProperty(FOLDER);
        assumeTrue(folder != null, "no images of the vendor's SDK: run .ci/sdk-suite --sdk DIR");
        var file = Path.of(folder, name + ".elf");
        assumeTrue(Files.exists(file), "not built: " + file);
        var example = EXAMPLES.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        var board = TestBoard.with(revision, ImageReader.read(file));

        example.script().play(board);
        board.bench.runUntil(() -> isPrinted(board.printed(), example.lines()), Duration.ofSeconds(example.seconds()));

        System.out.println(name + ", revision " + revision + ": "
                + board.machine.findings().counts().keySet());
        assertThat(board.machine.faults()).as(board.printed()).isEmpty();
        assertThat(isPrinted(board.printed(), example.lines()))
                .as("expected %s in this order; the board printed:%n%s", example.lines(), board.printed())
                .isTrue();
        assertThat(board.printed()).doesNotContain("mismatch", "ERROR");
    }

    private static boolean isPrinted(String text, List<String> lines) {
        int from = 0;
        for (var line : lines) {
            int at = text.indexOf(line, from);
            if (at < 0) {
                return false;
            }
            from = at + line.length();
        }
        return true;
    }
}
