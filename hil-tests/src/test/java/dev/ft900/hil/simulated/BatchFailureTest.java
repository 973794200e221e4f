package dev.ft900.hil.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.agent.flash.MemoryFlash;
import dev.ft900.ca.batch.Batch;
import dev.ft900.ca.batch.BatchResult;
import dev.ft900.ca.batch.BatchRow;
import dev.ft900.ca.flash.Provisioner.Wishes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a job says of a board that failed for a reason of its own. */
class BatchFailureTest {
    private static final int SQLITE_BUSY = 5;

    private static List<BatchResult> results(RuntimeException failure) throws InterruptedException {
        var results = new CopyOnWriteArrayList<BatchResult>();
        var job = new Batch.Job(
                List.of(new BatchRow(SimulatedBoards.ID, Optional.empty(), "")),
                List.of("bench"),
                name -> new SimulatedWire(SimulatedBoards.settings(new MemoryFlash())),
                115_200,
                Duration.ofSeconds(60),
                Map.of());
        new Batch(
                        job,
                        (id, request, facts) -> {
                            throw failure;
                        },
                        Wishes.DEFAULT,
                        results::add,
                        words -> {})
                .run();
        return results;
    }

    @Test
    void aDatabaseThatIsLockedIsSaidInASentence() throws InterruptedException {
        var busy = new IllegalStateException(new SQLException("database is locked", null, SQLITE_BUSY));

        assertThat(results(busy))
                .singleElement()
                .extracting(result -> result.error().orElseThrow())
                .asString()
                .contains("another process holds the database's lock")
                .doesNotContain("Exception");
        assertThat(results(new IllegalStateException("a fault")))
                .singleElement()
                .extracting(result -> result.error().orElseThrow())
                .asString()
                .contains("something went wrong that should not");
    }
}
