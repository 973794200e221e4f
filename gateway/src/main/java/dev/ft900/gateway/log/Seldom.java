package dev.ft900.gateway.log;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Lets the log tell of one thing at most once a minute for each who does it, and counts the rest, so that nobody who raves fills a disk. Of more
 * than a thousand the others count as one. Safe for use by several threads.
 */
public final class Seldom {
    private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int MOST = 1_000;

    private final LongSupplier nanos;
    private final Map<String, Said> said = new HashMap<>();

    /** When something was last said of somebody, and how much was not said since. */
    private record Said(long at, long unsaid) {}

    /** @param nanos monotonic time */
    public Seldom(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Something happened.
     *
     * @param who did it
     * @return how often it happened before without being told; empty when it is not to be told now either
     */
    public synchronized OptionalLong tell(String who) {
        long now = nanos.getAsLong();
        var key = said.containsKey(who) || said.size() < MOST ? who : "";
        var before = said.get(key);
        if (before != null && now - before.at() < PAUSE_NANOS) {
            said.put(key, new Said(before.at(), before.unsaid() + 1));
            return OptionalLong.empty();
        }
        said.put(key, new Said(now, 0));
        return OptionalLong.of(before == null ? 0 : before.unsaid());
    }
}
