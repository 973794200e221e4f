package dev.ft900.gateway.device;

import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.name.BoardId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Waits for boards to come. Safe for use by several threads. */
final class Arrivals {
    private final PresenceTracker presence;
    private final ScheduledExecutorService timer;

    Arrivals(PresenceTracker presence, ScheduledExecutorService timer) {
        this.presence = presence;
        this.timer = timer;
    }

    /** Completes when the board is there, or when the time is over; at once when it is there, or nobody knows it. */
    CompletableFuture<Void> await(BoardId board, Duration patience) {
        var waiting = new Waiting(board);
        // Listening begins before looking: the board may come in between.
        presence.addListener(waiting);
        if (presence.standing(board)
                .map(standing -> PresenceTracker.birth(standing).isPresent())
                .orElse(true)) {
            waiting.over.complete(null);
        } else {
            var timeout = timer.schedule(() -> waiting.over.complete(null), patience.toNanos(), TimeUnit.NANOSECONDS);
            waiting.over.whenComplete((nothing, failure) -> timeout.cancel(false));
        }
        return waiting.over.whenComplete((nothing, failure) -> presence.removeListener(waiting));
    }

    private record Waiting(BoardId board, CompletableFuture<Void> over) implements PresenceTracker.Listener {
        Waiting(BoardId board) {
            this(board, new CompletableFuture<>());
        }

        @Override
        public void online(BoardId id, Presence.Up birth) {
            if (id.equals(board)) {
                over.complete(null);
            }
        }

        @Override
        public void offline(BoardId id) {
            // It is waited for.
        }
    }
}
