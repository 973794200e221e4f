package dev.ft900.board.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.board.peripheral.Revision;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time in which a program only waits is left out, and nobody can tell but by the host's clock. */
class IdleTest {
    /** A run with input at odd moments: what was printed, the pads, and the state at the end. */
    private static String run(TestBoard board) throws IOException {
        var text = new StringWriter();
        try (var vcd = new PadVcd(board.machine.devices().gpio(), board.machine.clock(), text)) {
            assertThat(vcd).isNotNull();
            for (int i = 0; i < 6; i++) {
                board.bench.at(2_000_003 + i * 131_071L, () -> board.bench.drive(18, false));
                board.bench.at(2_003_001 + i * 131_071L, () -> board.bench.drive(18, true));
                board.bench.at(3_000_017 + i * 77_777L, () -> board.bench.type(0, "ab."));
            }
            board.bench.run(Duration.ofMillis(60));
        }
        return board.printed() + text + Arrays.hashCode(board.machine.snapshot());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpio", "uart", "rtc", "datalog", "watchdog", "uptime"})
    void aRunIsTheSameWithAndWithoutSkipping(String image) throws IOException {
        var skipping = TestBoard.with(Revision.C, image);
        var watched = TestBoard.with(Revision.C, image);
        // Whoever observes single instructions gets to see them all.
        watched.machine.core().interpreter().observe((pc, instruction) -> true);

        assertThat(run(skipping)).isEqualTo(run(watched));

        assertThat(skipping.machine.skippedCycles()).isPositive();
        assertThat(watched.machine.skippedCycles()).isZero();
    }

    @Test
    void aProgramThatPollsItsUartCostsNextToNothing() {
        var board = TestBoard.with(Revision.C, "uptime");
        assertThat(board.bench.awaitText("ask", Duration.ofMillis(100))).isTrue();
        long begin = board.machine.cycles();
        long before = board.machine.skippedCycles();

        board.bench.run(Duration.ofSeconds(5));

        assertThat(board.machine.skippedCycles() - before).isGreaterThan((board.machine.cycles() - begin) * 99 / 100);
    }
}
