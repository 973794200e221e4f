package dev.ft900.board.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.board.peripheral.Revision;
import dev.ft900.board.trace.TraceHash;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same image with the same inputs at the same cycles takes the same way on every machine: the hashes were recorded once, over every
 * instruction's cycle, address, word and registers. A kept image that is built anew, or a change of what the board does, needs new ones.
 */
class SameEverywhereTest {
    @ParameterizedTest
    @CsvSource({
        "gpio, db42c9fe807206bd",
        "uart, 65c7fa2d48bac660",
        "timers, 5635d5d956bcdcd1",
        "uptime, 9bde5c6e6c126f9c"
    })
    void aRunWithStampedInputsLeavesTheRecordedTrace(String image, String recorded) {
        var board = TestBoard.with(Revision.C, image);
        var hash = new TraceHash(board.machine.core().state());
        board.machine.core().interpreter().observe(hash);
        for (int i = 0; i < 4; i++) {
            board.bench.at(4_300_003 + i * 131_071L, () -> board.bench.drive(18, false));
            board.bench.at(4_303_001 + i * 131_071L, () -> board.bench.drive(18, true));
            board.bench.at(5_000_017 + i * 77_777L, () -> board.bench.type(0, "ab."));
        }

        board.bench.run(Duration.ofMillis(100));

        assertThat(Long.toHexString(hash.value())).isEqualTo(recorded);
    }
}
