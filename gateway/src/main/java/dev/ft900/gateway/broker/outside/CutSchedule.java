package dev.ft900.gateway.broker.outside;

import dev.ft900.ca.store.Revocation;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * When whose session is to be ended: three times with each revocation. At once; a second later, for a session that was being set up when the
 * lists changed; and once more when the broker waits no longer for what a client has to say, for one whose handshake was finished before and
 * who held back its CONNECT. A broker looks at revocation lists in the handshake only.
 *
 * <p>Of those that are due first cuts go first, and of these the newest: who is revoked now does not wait for a thousand that were removed
 * before. Whatever failed goes behind the others. Confined to one thread.
 */
final class CutSchedule {
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofMillis(500);

    private final Duration last;
    private final LongSupplier nanos;

    private final PriorityQueue<Cut> later;
    private final PriorityQueue<Cut> due = new PriorityQueue<>(Comparator.comparingInt(Cut::ended)
            .thenComparingInt(Cut::failures)
            .thenComparing(cut -> cut.revocation().sequence(), Comparator.reverseOrder()));

    /** Places in the order of revoking. */
    private final TreeSet<Long> pending = new TreeSet<>();

    /** Those whose place was not taken yet. */
    private final TreeMap<Long, Revocation> done = new TreeMap<>();

    private int open;

    /**
     * A session to end.
     *
     * @param ended how often it was ended
     * @param failures how often the broker could not be told
     * @param at when to do it, in nanoseconds
     */
    record Cut(Revocation revocation, int ended, int failures, long at) {}

    /**
     * @param last how long after the revocation the broker has given up every client that was there before and had not said CONNECT
     * @param nanos the time in nanoseconds, from any beginning
     */
    CutSchedule(Duration last, LongSupplier nanos) {
        this.last = last;
        this.nanos = nanos;
        long start = nanos.getAsLong();
        // By the distance from here, since such a time may wrap.
        this.later = new PriorityQueue<>(Comparator.comparingLong(cut -> cut.at() - start));
    }

    void add(Revocation revocation) {
        pending.add(revocation.sequence());
        due.add(new Cut(revocation, 0, 0, nanos.getAsLong()));
        open++;
    }

    /** What is to be done now; the caller says afterwards how it went. */
    Optional<Cut> next() {
        while (!later.isEmpty() && later.peek().at() - nanos.getAsLong() <= 0) {
            due.add(later.poll());
        }
        return Optional.ofNullable(due.poll());
    }

    /** How long there is nothing to do; empty when nothing is left at all. Asked when {@link #next} had nothing. */
    Optional<Duration> pause() {
        return Optional.ofNullable(later.peek())
                .map(cut -> Duration.ofNanos(Math.max(0, cut.at() - nanos.getAsLong())));
    }

    void succeeded(Cut cut) {
        switch (cut.ended()) {
            case 0 -> {
                open--;
                later.add(again(cut, AGAIN));
            }
            case 1 -> later.add(again(cut, last.minus(AGAIN)));
            default -> {
                pending.remove(cut.revocation().sequence());
                done.put(cut.revocation().sequence(), cut.revocation());
            }
        }
    }

    private Cut again(Cut cut, Duration after) {
        return new Cut(cut.revocation(), cut.ended() + 1, 0, nanos.getAsLong() + after.toNanos());
    }

    void failed(Cut cut) {
        later.add(new Cut(cut.revocation(), cut.ended(), cut.failures() + 1, nanos.getAsLong() + RETRY.toNanos()));
    }

    /** For how many the broker was never told. */
    int open() {
        return open;
    }

    /** The last revocation up to which everything is done; empty when that is no other than when this was asked before. */
    Optional<Revocation> takeDone() {
        var reached = pending.isEmpty() ? done : done.headMap(pending.first(), false);
        var last = Optional.ofNullable(reached.lastEntry()).map(Map.Entry::getValue);
        reached.clear();
        return last;
    }
}
