package dev.ft900.gateway.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was found out a moment ago, so that a busy caller costs no query each time. Nothing counts for longer than a second, nor when the
 * clock was set back since. Bounded. Safe for use by several threads.
 */
final class Memory<K, V> {
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final int MOST = 1_000;

    private final Map<K, Remembered<V>> remembered = new ConcurrentHashMap<>();

    private record Remembered<V>(V value, Instant from, Instant until) {}

    Optional<V> get(K key, Instant now) {
        return Optional.ofNullable(remembered.get(key))
                .filter(known -> !now.isBefore(known.from()) && now.isBefore(known.until()))
                .map(Remembered::value);
    }

    /** @param end after which it is not true any more; empty when it may stay true for ever */
    void put(K key, V value, Instant now, Optional<Instant> end) {
        if (remembered.size() >= MOST) {
            remembered.clear();
        }
        var until = now.plus(LONGEST);
        remembered.put(
                key, new Remembered<>(value, now, end.filter(until::isAfter).orElse(until)));
    }

    void clear() {
        remembered.clear();
    }
}
