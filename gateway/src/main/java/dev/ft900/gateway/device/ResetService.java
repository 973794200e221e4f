package dev.ft900.gateway.device;

import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.message.ResetCause;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Resets a board and waits until it is back. Safe for use by several threads. */
public final class ResetService {
    private final CommandService commands;
    private final PresenceTracker presence;
    private final ScheduledExecutorService timer;
    private final LongSupplier nanos;

    /** @param nanos monotonic time */
    public ResetService(
            CommandService commands, PresenceTracker presence, ScheduledExecutorService timer, LongSupplier nanos) {
        this.commands = commands;
        this.presence = presence;
        this.timer = timer;
        this.nanos = nanos;
    }

    /**
     * A board that is back.
     *
     * @param downtime from its agreeing to reset to its telling that it is there again
     */
    public record Back(BootId boot, ResetCause cause, Duration downtime) {}

    /**
     * Resets a board.
     *
     * @param patience how long to wait for it to come and to agree
     * @param back how long to wait for it to come back
     * @return ends with a {@link DeviceException}
     */
    public CompletableFuture<Back> reset(BoardId board, Origin origin, Patience patience, Duration back) {
        var before = presence.standing(board).flatMap(PresenceTracker::birth).map(Presence.Up::boot);
        var waiting = new Waiting(board, before);
        // Listening begins before asking: the board may be back before its agreement has been handled.
        presence.addListener(waiting);
        return commands.ask(board, new Command.Reset(), origin, patience)
                .result()
                .thenCompose(agreed -> {
                    waiting.agreed();
                    var timeout = timer.schedule(() -> waiting.giveUp(back), back.toNanos(), TimeUnit.NANOSECONDS);
                    waiting.done.whenComplete((result, failure) -> timeout.cancel(false));
                    return waiting.done;
                })
                .whenComplete((result, failure) -> presence.removeListener(waiting));
    }

    private final class Waiting implements PresenceTracker.Listener {
        private final BoardId board;
        private final Optional<BootId> before;
        private final CompletableFuture<Back> done = new CompletableFuture<>();
        private volatile long agreedAt = nanos.getAsLong();

        Waiting(BoardId board, Optional<BootId> before) {
            this.board = board;
            this.before = before;
        }

        void agreed() {
            if (!done.isDone()) {
                agreedAt = nanos.getAsLong();
            }
        }

        void giveUp(Duration patience) {
            done.completeExceptionally(new NoAnswerException(
                    board + " agreed to reset and was not back within " + patience.toMillis() + " ms"));
        }

        @Override
        public void online(BoardId id, Presence.Up birth) {
            if (id.equals(board) && !before.equals(Optional.of(birth.boot()))) {
                var downtime = Duration.ofNanos(nanos.getAsLong() - agreedAt);
                done.complete(new Back(birth.boot(), birth.cause(), downtime));
            }
        }

        @Override
        public void offline(BoardId id) {
            // That is what a reset looks like.
        }
    }
}
