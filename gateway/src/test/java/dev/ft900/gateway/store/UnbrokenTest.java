package dev.ft900.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnbrokenTest {
    private static final Duration TEN = Duration.ofSeconds(10);

    private long seconds = 1;
    private final Unbroken unbroken = new Unbroken(Duration.ofSeconds(3), () -> seconds * 1_000_000_000);

    private void works(int times) {
        for (int i = 0; i < times; i++) {
            seconds++;
            unbroken.works();
        }
    }

    @Test
    void whatHasWorkedForAWhileHasNotWorkedForLongerThanThat() {
        works(9);
        assertThat(unbroken.hasWorkedFor(TEN)).isFalse();
        works(1);
        assertThat(unbroken.hasWorkedFor(TEN)).isTrue();
    }

    @Test
    void aBreakBeginsItAnew() {
        works(60);
        seconds += 4;
        assertThat(unbroken.hasWorkedFor(TEN)).as("before the next success").isFalse();
        works(10);
        assertThat(unbroken.hasWorkedFor(TEN)).isFalse();
        works(1);
        assertThat(unbroken.hasWorkedFor(TEN)).isTrue();
    }

    @Test
    void aSlowSuccessIsNoBreak() {
        works(60);
        seconds += 3;
        unbroken.works();
        assertThat(unbroken.hasWorkedFor(TEN)).isTrue();
    }
}
