package dev.ft900.gateway.mqtt;

import java.time.Duration;
import java.util.function.LongBinaryOperator;

/**
 * Pauses between tries: 50 ms, then twice as long each time up to 2 s, each cut at random by up to a half, so that the clients of a broker that
 * comes back do not come all at once. For one thread.
 */
final class Backoff {
    static final Duration FIRST = Duration.ofMillis(50);
    static final Duration LONGEST = Duration.ofSeconds(2);

    private final LongBinaryOperator random;
    private long next = FIRST.toMillis();

    /** @param random a number from the first, inclusive, to the second, exclusive */
    Backoff(LongBinaryOperator random) {
        this.random = random;
    }

    /** The pause before the next try. */
    Duration next() {
        long pause = random.applyAsLong(next / 2, next);
        next = Math.min(2 * next, LONGEST.toMillis());
        return Duration.ofMillis(pause);
    }

    /** It succeeded: the next pause is a first one. */
    void reset() {
        next = FIRST.toMillis();
    }
}
