package dev.ft900.hil.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.agent.flash.MemoryFlash;
import dev.ft900.ca.batch.Batch;
import dev.ft900.ca.batch.BatchOutput;
import dev.ft900.ca.batch.BatchResult;
import dev.ft900.ca.batch.BatchRow;
import dev.ft900.ca.flash.Provisioner.Wishes;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.slot.SlotRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that was cut off and is started again while the last board is still plugged in. */
class BatchRestartTest {
    private static final BoardId FIRST = new BoardId("door-1");
    private static final BoardId SECOND = new BoardId("door-2");

    private final MemoryFlash flash = new MemoryFlash();
    private final List<BatchResult> results = new CopyOnWriteArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>();

    @TempDir
    Path dir;

    /** @return how many rows no board came for */
    private int job(BoardId id, Optional<String> port) throws Exception {
        var output = BatchOutput.open(dir.resolve("out.csv"));
        var job = new Batch.Job(
                List.of(new BatchRow(id, port, "")),
                List.of("bench"),
                name -> new SimulatedWire(SimulatedBoards.settings(flash)),
                115_200,
                Duration.ZERO,
                output.boards());
        var write = Batch.into(output, e -> {
            throw new AssertionError(e);
        });
        return new Batch(
                        job,
                        SimulatedBoards.certifier(),
                        Wishes.DEFAULT,
                        result -> {
                            write.accept(result);
                            results.add(result);
                        },
                        said::add)
                .run();
    }

    private void assertUntouched() {
        assertThat(SimulatedBoards.identity(flash).map(SlotRecord::id)).contains(FIRST);
        assertThat(SimulatedBoards.identity(flash).map(SlotRecord::generation)).contains(1L);
    }

    @Test
    void theBoardThatIsDoneDoesNotGetTheIdOfTheNextRow() throws Exception {
        assertThat(job(FIRST, Optional.empty())).isZero();

        assertThat(job(SECOND, Optional.empty())).isEqualTo(1);

        assertUntouched();
        assertThat(said).contains("bench: connect the next board; the one that is there is done, as door-1");
    }

    @Test
    void aRowThatNamesItsPortSaysWhichBoardIsThere() throws Exception {
        job(FIRST, Optional.of("bench"));

        job(SECOND, Optional.of("bench"));

        assertUntouched();
        assertThat(results.get(1).error().orElseThrow()).contains("the one that is there is done, as door-1");
    }
}
