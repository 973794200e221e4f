package dev.ft900.gateway.access;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often somebody may call: each caller so many times a second, and each address so many times with credentials that are no good. Safe
 * for use by several threads.
 */
public final class RateLimits {
    /** How many failed attempts an address has a second. */
    public static final int FAILURES_PER_SECOND = 10;

    private static final int FAILURES_AT_ONCE = 500;
    private static final int MOST_CALLERS = 10_000;
    private static final int MOST_ADDRESSES = 10_000;

    private final int perSecond;
    private final Map<String, Bucket> callers = new ConcurrentHashMap<>();
    private final Map<String, Bucket> addresses = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_ADDRESSES;
        }
    });

    /** @param perSecond how many calls each caller has a second */
    public RateLimits(int perSecond) {
        this.perSecond = perSecond;
    }

    /** @return whether this caller may call now */
    public boolean mayCall(String caller) {
        var bucket = callers.get(caller);
        if (bucket == null) {
            if (callers.size() >= MOST_CALLERS) {
                makeRoom();
            }
            bucket = callers.computeIfAbsent(caller, name -> bucket(perSecond, perSecond));
        }
        return bucket.tryConsume(1);
    }

    /** Forgets those who have not called for so long that they have all their calls again: that changes nothing for them. */
    private void makeRoom() {
        callers.values().removeIf(bucket -> bucket.getAvailableTokens() >= perSecond);
        var busy = callers.keySet().iterator();
        if (callers.size() >= MOST_CALLERS && busy.hasNext()) {
            callers.remove(busy.next());
        }
    }

    /** @return whether bad credentials from this address are answered as such now */
    public boolean mayTry(String address) {
        var bucket = addresses.get(address);
        return bucket == null || bucket.getAvailableTokens() > 0;
    }

    /** Credentials from this address were no good. */
    public void failed(String address) {
        addresses
                .computeIfAbsent(address, from -> bucket(FAILURES_AT_ONCE, FAILURES_PER_SECOND))
                .tryConsume(1);
    }

    private static Bucket bucket(int atOnce, int perSecond) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(atOnce).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .build();
    }
}
