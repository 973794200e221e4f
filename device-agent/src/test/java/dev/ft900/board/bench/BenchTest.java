package dev.ft900.board.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ft900.board.clock.SimClock;
import dev.ft900.board.machine.Outcome;
import dev.ft900.board.machine.Pace;
import dev.ft900.board.peripheral.Revision;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class BenchTest {
    private static final Duration SOON = Duration.ofMillis(500);

    private static TestBoard gpioReady() {
        var board = TestBoard.with(Revision.C, "gpio");
        assertThat(board.bench.awaitText("ready\n", SOON)).isTrue();
        return board;
    }

    @Test
    void whatIsToldToHappenAtACycleHappensAtThatCycle() {
        var board = gpioReady();
        long cycle = board.machine.cycles() + 12_345;
        var seen = new ArrayList<Long>();
        board.machine.devices().gpio().listen((pad, high) -> seen.add(board.machine.cycles()));

        board.bench.at(cycle + 10, () -> board.bench.drive(40, false));
        board.bench.at(cycle, () -> board.bench.drive(40, true));
        board.bench.run(Duration.ofMillis(1));

        assertThat(seen).containsExactly(cycle, cycle + 10);
    }

    @Test
    void aResetByThePinStartsTheProgramAnew() {
        var board = gpioReady();

        board.bench.pressReset();
        board.bench.serial(0).clear();

        assertThat(board.bench.awaitText("ready\n", SOON)).isTrue();
        assertThat(board.machine.lastReset().name()).isEqualTo("PIN");
    }

    @Test
    void everyFaultTellsWhenItHasFired() {
        var board = gpioReady();
        var faults = board.bench.faults();
        faults.stickPad(18, true);
        faults.flipRamBit(0x8000, 3);
        faults.flipFlashBit(0x30000, 0);
        faults.flipProgramBit(0x30001, 7);
        assertThat(faults.fired())
                .extracting(FiredFault::what)
                .containsExactly(
                        "bit 3 of 0x08000 in RAM flipped",
                        "bit 0 of 0x30000 in flash flipped",
                        "bit 7 of 0x30001 in program memory flipped");
        assertThat(board.machine.ram().bytes()[0x8000]).isEqualTo((byte) 8);
        assertThat(board.machine.flash().read(0x30000, 1)).containsExactly(0xFE);
        assertThat(board.machine.program().word(0x30000)).isEqualTo(0xFFFF7FFF);

        board.bench.drive(18, false);
        board.bench.run(Duration.ofMillis(2));

        assertThat(faults.fired()).extracting(FiredFault::what).endsWith("pad 18 stuck high");
        assertThat(board.printed()).as("the firmware never saw the edge").doesNotContain("falling");
    }

    @Test
    void aLostByteIsMissingInWhatTheFirmwareGot() {
        var board = TestBoard.with(Revision.C, "uart");
        assertThat(board.bench.awaitText("550\n", SOON)).isTrue();
        board.bench.faults().loseSerialByte(0);
        board.bench.type(0, "abc.");

        assertThat(board.bench.awaitText("echo bc.", SOON)).as(board.printed()).isTrue();
        assertThat(board.bench.faults().fired()).extracting(FiredFault::what).containsExactly("a byte to UART0 lost");
    }

    @Test
    void faultsWantAPlaceThatIsThere() {
        var faults = gpioReady().bench.faults();

        assertThatThrownBy(() -> faults.stickPad(67, true)).hasMessageContaining("from 0 to 66; got 67");
        assertThatThrownBy(() -> faults.flipRamBit(0x10000, 0)).hasMessageContaining("RAM");
        assertThatThrownBy(() -> faults.flipFlashBit(0, 8)).hasMessageContaining("bit");
    }

    @Test
    void aRecordingOfThePadsHoldsTheirLevelsAndChanges() throws IOException {
        var board = gpioReady();
        var text = new StringWriter();
        long start = board.machine.cycles();
        try (var vcd = new PadVcd(board.machine.devices().gpio(), board.machine.clock(), text)) {
            assertThat(vcd).isNotNull();
            board.bench.at(start + 100, () -> board.bench.drive(40, true));
            board.bench.run(Duration.ofNanos(2000));
        }

        assertThat(text.toString())
                .startsWith("$version FT900 toolkit $end\n$timescale 10 ns $end\n$scope module pads $end\n")
                .contains("$var wire 1 I pad40 $end\n", "#" + start + "\n$dumpvars\n", "\n0I\n")
                .endsWith("#" + (start + 100) + "\n1I\n#" + (start + 200) + "\n");
    }

    @Test
    void aSnapshotGoesOnWhereItWasTaken() {
        var first = TestBoard.with(Revision.C, "uart");
        assertThat(first.bench.awaitText("550\n", SOON)).isTrue();
        first.bench.type(0, "half way.");
        first.bench.run(Duration.ofNanos(400_000));
        byte[] snapshot = first.machine.snapshot();
        first.bench.awaitText("time-out\n", SOON);
        var second = TestBoard.with(Revision.C, "uart");
        second.machine.restore(snapshot);
        assertThat(second.machine.snapshot()).as("nothing is lost on the way").isEqualTo(snapshot);

        assertThat(second.bench.awaitText("time-out\n", SOON))
                .as(second.printed())
                .isTrue();

        assertThat(second.printed()).startsWith("echo half way. trigger time-out\n");
        assertThat(second.machine.cycles()).isEqualTo(first.machine.cycles());
        assertThat(second.machine.snapshot()).isEqualTo(first.machine.snapshot());
    }

    @Test
    void theSameActsGiveTheSameRun() throws IOException {
        assertThat(recordedRun()).isEqualTo(recordedRun());
    }

    private static String recordedRun() throws IOException {
        var board = TestBoard.with(Revision.B, "gpio");
        var text = new StringWriter();
        try (var vcd = new PadVcd(board.machine.devices().gpio(), board.machine.clock(), text)) {
            assertThat(vcd).isNotNull();
            for (int i = 0; i < 3; i++) {
                board.bench.at(SimClock.HERTZ / 100 + i * 31_007L, () -> board.bench.drive(18, false));
                board.bench.at(SimClock.HERTZ / 100 + i * 31_007L + 11, () -> board.bench.drive(18, true));
                board.bench.at(SimClock.HERTZ / 50 + i * 17L, () -> board.bench.drive(19, true));
                board.bench.at(SimClock.HERTZ / 50 + i * 90_007L + 11, () -> board.bench.drive(19, false));
            }
            board.bench.runToEnd(Duration.ofMillis(40));
        }
        return text + board.printed() + board.machine.cycles();
    }

    @Test
    void theClockJumpsOn() {
        var board = TestBoard.with(Revision.C, "rtc");
        board.bench.run(Duration.ofMillis(100));

        board.bench.jumpRtc(Duration.ofHours(1));

        var outcome = board.machine.run(board.machine.cycles() + 3 * SimClock.HERTZ, Pace.FREE);
        assertThat(outcome).as("the firmware notices").isNotEqualTo(new Outcome.Exited(0));
        assertThatThrownBy(() -> board.bench.jumpRtc(Duration.ofSeconds(-1))).hasMessageContaining("forward");
    }
}
