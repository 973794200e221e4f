package dev.ft900.gateway.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void pausesDoubleUpToTheLongestAndBeginAnewAfterASuccess() {
        var longest = new Backoff((from, to) -> to);
        assertThat(Stream.generate(longest::next).limit(9).map(Duration::toMillis))
                .containsExactly(50L, 100L, 200L, 400L, 800L, 1_600L, 2_000L, 2_000L, 2_000L);

        longest.reset();
        assertThat(longest.next()).isEqualTo(Backoff.FIRST);
    }

    @Test
    void eachIsAtLeastHalfAsLong() {
        var shortest = new Backoff((from, to) -> from);
        assertThat(Stream.generate(shortest::next).limit(8).map(Duration::toMillis))
                .containsExactly(25L, 50L, 100L, 200L, 400L, 800L, 1_000L, 1_000L);
    }

    @Test
    void clientsOfOneBrokerComeSpread() {
        var times = new HashSet<Duration>();
        for (int i = 0; i < 1_000; i++) {
            var one = new Backoff(ThreadLocalRandom.current()::nextLong);
            var pause = Stream.generate(one::next)
                    .limit(8)
                    .reduce((first, last) -> last)
                    .orElseThrow();
            assertThat(pause).isBetween(Backoff.LONGEST.dividedBy(2), Backoff.LONGEST);
            times.add(pause.dividedBy(100).multipliedBy(100));
        }
        assertThat(times.size()).isGreaterThan(100);
    }
}
