package dev.ft900.gateway.device;

import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.message.Reply;
import dev.ft900.protocol.message.Result;
import dev.ft900.protocol.name.BoardId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks the boards of which nothing was heard whether they are there, after the connection to the broker was made: a broker may have forgotten
 * their birth messages, and the nodes of a RabbitMQ cluster keep theirs to themselves. Safe for use by several threads.
 */
final class RollCall {
    /** Until then the broker has handed out what it keeps, and most boards that come back have said so. */
    static final Duration FOR_NEWS = Duration.ofSeconds(1);

    /** How long a board may take to answer. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Between two rounds; whoever was not there in the last one tells when it comes. */
    static final Duration PAUSE = Duration.ofSeconds(15);

    static final int ROUNDS = 3;

    /** With {@link #BETWEEN} and {@link #PATIENCE} half of what may be under way at once if nobody answers: people have commands too. */
    static final int AT_ONCE = 100;

    static final Duration BETWEEN = Duration.ofMillis(200);

    private final CommandService commands;
    private final PresenceTracker presence;
    private final ScheduledExecutorService timer;
    private final AtomicInteger calls = new AtomicInteger();

    RollCall(CommandService commands, PresenceTracker presence, ScheduledExecutorService timer) {
        this.commands = commands;
        this.presence = presence;
        this.timer = timer;
    }

    /** Begins anew; a call that is not over ends. */
    void begin() {
        int call = calls.incrementAndGet();
        later(FOR_NEWS, () -> round(call, 1));
    }

    private void round(int call, int round) {
        goOn(call, new ArrayDeque<>(presence.offline()));
        if (round < ROUNDS) {
            later(PAUSE, () -> {
                if (call == calls.get()) {
                    round(call, round + 1);
                }
            });
        }
    }

    private void goOn(int call, Queue<BoardId> left) {
        if (call != calls.get()) {
            return;
        }
        for (int asked = 0; asked < AT_ONCE && !left.isEmpty(); asked++) {
            ask(left.remove());
        }
        if (!left.isEmpty()) {
            later(BETWEEN, () -> goOn(call, left));
        }
    }

    private void ask(BoardId board) {
        presence.standing(board).filter(Standing.Offline.class::isInstance).ifPresent(before -> commands.probe(
                        board, PATIENCE)
                .thenAccept(reply -> birth(reply).ifPresent(birth -> presence.found(board, before, birth))));
    }

    /** What the board would have said when it connected, but how often it has. */
    private static Optional<Presence.Up> birth(Reply reply) {
        return reply.outcome() instanceof Reply.Outcome.Done done && done.result() instanceof Result.Status answer
                ? Optional.of(new Presence.Up(
                        reply.boot(),
                        1,
                        answer.status().cause(),
                        answer.status().firmware(),
                        answer.status().clockSet(),
                        answer.status().slotGeneration(),
                        Optional.empty()))
                : Optional.empty();
    }

    private void later(Duration pause, Runnable work) {
        timer.schedule(work, pause.toNanos(), TimeUnit.NANOSECONDS);
    }
}
