package dev.ft900.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeldomTest {
    private long now;
    private final Seldom seldom = new Seldom(() -> now);

    @Test
    void eachIsToldOnceAMinuteWithWhatWasNotTold() {
        assertThat(seldom.tell("a")).hasValue(0);
        assertThat(seldom.tell("a")).isEmpty();
        assertThat(seldom.tell("b")).hasValue(0);

        now += Duration.ofMinutes(1).toNanos();
        assertThat(seldom.tell("a")).hasValue(1);
    }

    @Test
    void whoeverComesAfterAThousandCountsAsOne() {
        IntStream.range(0, 1_000)
                .forEach(i -> assertThat(seldom.tell("name" + i)).hasValue(0));
        assertThat(seldom.tell("another")).hasValue(0);
        assertThat(seldom.tell("yet another")).isEmpty();
        assertThat(seldom.tell("name0")).isEmpty();
    }
}
