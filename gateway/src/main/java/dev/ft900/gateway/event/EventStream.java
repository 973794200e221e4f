package dev.ft900.gateway.event;

import dev.ft900.protocol.name.BoardId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The events that one listener wants. Taken by one thread. */
public final class EventStream implements AutoCloseable {
    /** How far a listener may fall behind. */
    static final int BEHIND = 1_024;

    private final EventHub hub;
    private final Predicate<BoardId> wanted;
    private final List<Event> missed;
    private final Optional<EventId> gap;
    private final BlockingQueue<Event> next = new ArrayBlockingQueue<>(BEHIND);
    private volatile boolean ended;

    EventStream(EventHub hub, Predicate<BoardId> wanted, List<Event> missed, Optional<EventId> gap) {
        this.hub = hub;
        this.wanted = wanted;
        this.missed =
                missed.stream().filter(event -> wanted.test(event.board())).toList();
        this.gap = gap;
    }

    /** Present when events happened since the one last seen that nobody remembers any more: the id after which all are told. */
    public Optional<EventId> gap() {
        return gap;
    }

    /** What happened since the event last seen and is remembered, oldest first. */
    public List<Event> missed() {
        return missed;
    }

    /** @return false when the listener has fallen too far behind */
    boolean offer(Event event) {
        if (!wanted.test(event.board()) || next.offer(event)) {
            return true;
        }
        ended = true;
        return false;
    }

    /** The next event; empty when none came in time. */
    public Optional<Event> next(Duration patience) throws InterruptedException {
        return Optional.ofNullable(next.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** Whether no more will come: the gateway stops, or the listener fell too far behind. What is queued can still be taken. */
    public boolean isOver() {
        return ended && next.isEmpty();
    }

    void end() {
        ended = true;
    }

    @Override
    public void close() {
        ended = true;
        hub.leave(this);
    }
}
