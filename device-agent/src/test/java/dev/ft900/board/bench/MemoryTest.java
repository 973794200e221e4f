package dev.ft900.board.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.board.peripheral.Revision;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class MemoryTest {
    private static final int BOARDS = 100;
    private static final double MEGABYTE = 1 << 20;

    /** The code that the translator makes is not on the heap: both are counted. */
    private static long used() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed()
                + memory.getNonHeapMemoryUsage().getUsed();
    }

    @Test
    void aHundredBoardsThatRanFitOneVirtualMachineWithLessThanFourMegabytesEach() {
        TestBoard.with(Revision.C, "uptime").bench.run(Duration.ofMillis(60));
        long before = used();
        var boards = new ArrayList<TestBoard>();
        for (int i = 0; i < BOARDS; i++) {
            var board = TestBoard.with(Revision.C, "uptime");
            board.bench.run(Duration.ofMillis(60));
            boards.add(board);
        }

        double each = (used() - before) / MEGABYTE / BOARDS;

        assertThat(boards).allSatisfy(board -> assertThat(board.printed()).isNotEmpty());
        System.out.printf("%.2f MB for each of %d boards%n", each, BOARDS);
        assertThat(each).isBetween(0.3, 4.0);
    }
}
