package dev.ft900.agent.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WirePaceTest {
    private static final long BYTE_NANOS = 1_000_000_000L / 11_520;

    private long now = 1_000_000;
    private long oversleep;

    private WirePace pace() {
        return new WirePace(115_200, () -> now, nanos -> now += nanos + oversleep);
    }

    private long timeFor(Runnable work) {
        long before = now;
        work.run();
        return now - before;
    }

    @Test
    void aByteIsTenBits() {
        var pace = pace();

        assertThat(timeFor(() -> pace.pass(100))).isBetween(100 * BYTE_NANOS, 101 * BYTE_NANOS);
    }

    @Test
    void aSleepThatTookTooLongDoesNotSlowTheWire() {
        var pace = pace();
        oversleep = 60_000;

        long time = timeFor(() -> {
            for (int i = 0; i < 100; i++) {
                pace.pass(16);
            }
        });

        assertThat(time).isBetween(1_600 * BYTE_NANOS, 1_600 * BYTE_NANOS + 100_000);
    }

    @Test
    void aPauseIsNotMadeUpFor() {
        var pace = pace();
        pace.pass(16);
        now += Duration.ofSeconds(1).toNanos();

        assertThat(timeFor(() -> pace.pass(16))).isGreaterThanOrEqualTo(16 * BYTE_NANOS);
    }
}
