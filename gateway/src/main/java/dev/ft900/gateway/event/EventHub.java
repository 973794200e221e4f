package dev.ft900.gateway.event;

import dev.ft900.protocol.name.BoardId;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Keeps the last events and hands each to those who listen. Publishing never waits: a listener that does not keep up is ended and told so.
 * Safe for use by several threads.
 */
public final class EventHub implements AutoCloseable {
    /** How many events are remembered for those who come back. */
    public static final int REMEMBERED = 10_000;

    private final Clock clock;
    private final int mostListeners;
    private final String run = String.format("%08x", new SecureRandom().nextInt());
    private final Deque<Event> remembered = new ArrayDeque<>();
    private final List<EventStream> listeners = new ArrayList<>();
    private long last;
    private boolean closed;

    /** @param mostListeners how many may listen at a time */
    public EventHub(Clock clock, int mostListeners) {
        this.clock = clock;
        this.mostListeners = mostListeners;
    }

    /** Something happened. Returns at once. */
    public synchronized void publish(BoardId board, Happening happening) {
        var event = new Event(new EventId(run, ++last), clock.instant(), board, happening);
        if (remembered.size() == REMEMBERED) {
            remembered.removeFirst();
        }
        remembered.addLast(event);
        listeners.removeIf(listener -> !listener.offer(event));
    }

    /**
     * Begins to listen.
     *
     * @param wanted which boards; asked while an event is published, by the thread that brings news: it answers at once
     * @param after the last event that was seen; empty to begin with the next
     * @return empty when too many listen already
     */
    public synchronized Optional<EventStream> listen(Predicate<BoardId> wanted, Optional<EventId> after) {
        if (closed || listeners.size() >= mostListeners) {
            return Optional.empty();
        }
        var missed = after.map(this::since).orElse(List.of());
        var gap = after.filter(seen -> !reachesBackTo(seen)).map(seen -> new EventId(run, oldest() - 1));
        var stream = new EventStream(this, wanted, missed, gap);
        listeners.add(stream);
        return Optional.of(stream);
    }

    private boolean reachesBackTo(EventId seen) {
        return seen.run().equals(run) && seen.number() <= last && seen.number() >= oldest() - 1;
    }

    /** The number of the oldest event that is remembered, or of the next one when none is. */
    private long oldest() {
        return remembered.isEmpty() ? last + 1 : remembered.getFirst().id().number();
    }

    private List<Event> since(EventId seen) {
        boolean sameRun = seen.run().equals(run) && seen.number() <= last;
        return remembered.stream()
                .filter(event -> !sameRun || event.id().number() > seen.number())
                .toList();
    }

    synchronized void leave(EventStream stream) {
        listeners.remove(stream);
    }

    /** The newest event's id; that of the run's beginning when there is none. */
    public synchronized EventId newest() {
        return new EventId(run, last);
    }

    /** How many may listen at a time. */
    public int mostListeners() {
        return mostListeners;
    }

    /** How many listen. */
    public synchronized int listeners() {
        return listeners.size();
    }

    /** Ends all streams, and takes no more. */
    @Override
    public synchronized void close() {
        closed = true;
        listeners.forEach(EventStream::end);
        listeners.clear();
    }
}
