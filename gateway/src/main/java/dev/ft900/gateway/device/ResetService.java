package dev.ft900.gateway.device;

import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.message.ResetCause;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
     * A reset that was asked for.
     *
     * @param back ends with a {@link DeviceException}
     */
    public record Asked(CommandCall call, CompletableFuture<Back> back) {}

    /**
     * Resets a board.
     *
     * @param patience how long to wait for it to come and to agree
     * @param back how long to wait for it to come back
     */
    public Asked reset(BoardId board, Origin origin, Patience patience, Duration back) {
        var waiting = new Waiting(board);
        // Listening begins before asking: the board may be back before its agreement has been handled.
        presence.addListener(waiting);
        presence.standing(board).flatMap(PresenceTracker::birth).ifPresent(waiting::wasThere);
        var call = commands.ask(board, new Command.Reset(), origin, patience);
        return new Asked(call, back(call, waiting, back));
    }

    private CompletableFuture<Back> back(CommandCall call, Waiting waiting, Duration back) {
        return call.result()
                .thenCompose(agreed -> {
                    waiting.agreed(call.boot().orElseThrow());
                    var timeout = timer.schedule(() -> waiting.giveUp(back), back.toNanos(), TimeUnit.NANOSECONDS);
                    waiting.done.whenComplete((result, failure) -> timeout.cancel(false));
                    return waiting.done;
                })
                .whenComplete((result, failure) -> presence.removeListener(waiting));
    }

    /**
     * Hears of the board's boots, one after the other. Only one that is later than the boot which agreed to reset says that the board is
     * back: the board may have come, or rebooted of its own accord, only just before it was asked.
     */
    private final class Waiting implements PresenceTracker.Listener {
        private final BoardId board;
        private final List<Heard> heard = new ArrayList<>();
        private final CompletableFuture<Back> done = new CompletableFuture<>();
        private Optional<BootId> agreed = Optional.empty();
        private long agreedAt;

        private record Heard(Presence.Up birth, long at) {}

        Waiting(BoardId board) {
            this.board = board;
        }

        /** The boot before anything was heard. */
        synchronized void wasThere(Presence.Up birth) {
            heard.add(0, new Heard(birth, nanos.getAsLong()));
        }

        synchronized void agreed(BootId boot) {
            agreed = Optional.of(boot);
            agreedAt = nanos.getAsLong();
            int last = heard.size() - 1;
            while (last >= 0 && !heard.get(last).birth().boot().equals(boot)) {
                last--;
            }
            if (last >= 0) {
                heard.subList(last, heard.size()).forEach(this::look);
            }
            heard.clear();
        }

        private void look(Heard one) {
            var birth = one.birth();
            if (!agreed.equals(Optional.of(birth.boot()))) {
                done.complete(
                        new Back(birth.boot(), birth.cause(), Duration.ofNanos(Math.max(0, one.at() - agreedAt))));
            }
        }

        void giveUp(Duration patience) {
            done.completeExceptionally(new NoAnswerException(
                    board + " agreed to reset and was not back within " + patience.toMillis() + " ms"));
        }

        @Override
        public synchronized void online(BoardId id, Presence.Up birth) {
            if (!id.equals(board)) {
                return;
            }
            var one = new Heard(birth, nanos.getAsLong());
            if (agreed.isPresent()) {
                look(one);
            } else {
                heard.add(one);
            }
        }

        @Override
        public void offline(BoardId id) {
            // That is what a reset looks like.
        }
    }
}
