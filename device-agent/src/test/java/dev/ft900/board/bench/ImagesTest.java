package dev.ft900.board.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.board.clock.SimClock;
import dev.ft900.board.machine.Outcome;
import dev.ft900.board.peripheral.Revision;
import dev.ft900.board.peripheral.flash.DataLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The images of {@code firmware/images} on a strict machine: what they print, their verdict, and what the bench sees. */
class ImagesTest {
    private static final Duration SOON = Duration.ofMillis(500);

    private static void assertPassed(TestBoard board, Outcome outcome) {
        assertThat(outcome).as(board.printed()).isEqualTo(new Outcome.Exited(0));
        assertThat(board.printed()).endsWith("passed\n").doesNotContain("FAILED");
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void gpioInterruptsComeAtTheEdgesThatWereAskedFor(Revision revision) {
        var board = TestBoard.with(revision, "gpio");
        var bench = board.bench;
        assertThat(bench.awaitEdge(21, true, SOON)).isPresent();
        assertThat(bench.awaitText("ready\n", SOON)).isTrue();
        assertThat(bench.isHigh(18)).as("the pull-up").isTrue();

        for (int i = 0; i < 3; i++) {
            bench.drive(18, false);
            bench.run(Duration.ofMillis(2));
            bench.release(18);
            bench.run(Duration.ofMillis(2));
        }
        bench.drive(19, true);
        bench.run(Duration.ofMillis(2));
        bench.drive(19, false);
        bench.run(Duration.ofMillis(2));
        bench.drive(19, true);

        assertPassed(board, bench.runToEnd(SOON));
        assertThat(board.printed()).contains("ready\nfalling\nfalling\nfalling\nrising\nrising\n");
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void theUartInterruptsAtTheTriggerAndByTimeOut(Revision revision) {
        var board = TestBoard.with(revision, "uart");
        var bench = board.bench;

        assertThat(bench.awaitText("hello\n550\n", SOON)).isTrue();
        bench.type(0, "short.");
        assertThat(bench.awaitText("echo short. no-trigger time-out\n550\n", SOON))
                .as(board.printed())
                .isTrue();
        bench.type(0, "exactly sixteen.");
        assertThat(bench.awaitText("echo exactly sixteen. trigger no-time-out\n950\n", SOON))
                .as(board.printed())
                .isTrue();
        bench.type(0, "x".repeat(104) + ".");

        assertPassed(board, bench.runToEnd(SOON));
        assertThat(board.printed()).contains("echo " + "x".repeat(104) + ". trigger time-out\n");
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void timersCountAndInterrupt(Revision revision) {
        var board = TestBoard.with(revision, "timers");

        assertPassed(board, board.bench.runToEnd(SOON));
        assertThat(board.printed()).startsWith("ticks in 1 ms: ");
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void theWatchdogBitesAndTheNextBootKnowsWhy(Revision revision) {
        var board = TestBoard.with(revision, "watchdog");

        assertPassed(board, board.bench.runToEnd(SOON));
        assertThat(board.printed()).isEqualTo("kick 1\nkick 2\nkick 3\nlevel 1\nback\npassed\n");
        assertThat(board.machine.lastReset().name()).isEqualTo(revision == Revision.B ? "REBOOT_COMMAND" : "WATCHDOG");
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void theClockRunsAndItsAlarmInterrupts(Revision revision) {
        var board = TestBoard.with(revision, "rtc");

        assertPassed(board, board.bench.runToEnd(Duration.ofSeconds(4)));
        assertThat(board.printed()).startsWith("revision " + revision);
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void whatTheDataLoggerSavedOutlivesALossOfPowerAndATornEraseIsNoticed(Revision revision) {
        var board = TestBoard.with(revision, "datalog");
        var bench = board.bench;
        assertPassed(board, bench.runToEnd(Duration.ofSeconds(1)));
        assertThat(DataLog.in(board.machine.flash()).orElseThrow().page(0)).startsWith(0, 0, 0, 0, 1, 1, 1, 1);

        bench.cutPower();
        assertThat(bench.awaitText("boot 2: found, erasing\n", SOON))
                .as(board.printed())
                .isTrue();
        bench.runUntil(() -> board.machine.devices().flashController().isWriting(), SOON);
        bench.run(Duration.ofMillis(15));
        bench.cutPower();

        assertThat(DataLog.in(board.machine.flash()))
                .as("a torn sector has no signature")
                .isEmpty();
        assertPassed(board, bench.runToEnd(Duration.ofSeconds(1)));
        assertThat(board.printed())
                .isEqualTo("boot 1: saved\npassed\nboot 2: found, erasing\nboot 3: torn\nwhole again\npassed\n");
        assertThat(DataLog.in(board.machine.flash()).orElseThrow().address()).isEqualTo(0x3E000);
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void softRebootsLeaveAloneWhatTheyShould(Revision revision) {
        var board = TestBoard.with(revision, "reboot");

        assertPassed(board, board.bench.runToEnd(SOON));
        assertThat(board.printed())
                .isEqualTo("boot 1\nboot 2\nboot 3\n" + (revision == Revision.B ? "" : "boot 4\n") + "passed\n");
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void theMacAddressComesFromTheEeprom(Revision revision) {
        var board = TestBoard.with(revision, "i2c");

        assertPassed(board, board.bench.runToEnd(SOON));
        assertThat(board.printed()).startsWith("MAC 00f7d1000001\n");
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void framesGoOutAndComeBack(Revision revision) {
        var board = TestBoard.with(revision, "ethernet");
        var devices = board.machine.devices();
        List<byte[]> frames = new ArrayList<>();
        devices.phy().plug(true);
        devices.ethernet().connect(frame -> {
            frames.add(frame);
            // The answer comes a while later, as it does from a cable.
            board.bench.at(board.machine.cycles() + SimClock.HERTZ / 20_000, () -> devices.ethernet()
                    .receive(frame));
        });

        assertPassed(board, board.bench.runToEnd(SOON));
        assertThat(frames).hasSize(4);
        assertThat(frames.get(0))
                .hasSize(64)
                .startsWith(0x00, 0xF7, 0xD1, 0, 0, 1, 0x00, 0xF7, 0xD1, 0, 0, 1, 0x88, 0xB5, 0, 3);
        assertThat(frames.get(1)).as("padded").hasSize(60);
    }
}
