package dev.ft900.gateway.device;

import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.message.Reply;
import dev.ft900.protocol.message.Result;
import dev.ft900.protocol.name.BoardId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Asks the boards of which nothing was heard whether they are there, after the connection to the broker was made: a broker may have forgotten
 * their birth messages, and the nodes of a RabbitMQ cluster keep theirs to themselves. So a board is asked too that came to be known while the
 * connection stood: another process may have registered it, and it have come, before anybody listened. Safe for use by several threads.
 */
final class RollCall {
    /** Until then the broker has handed out what it keeps, and most boards that come back have said so. */
    static final Duration FOR_NEWS = Duration.ofSeconds(1);

    /** From the end of a round, when all have answered or had their time, to the next; who was not there in the last one tells when it comes. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    static final int ROUNDS = 3;

    private final Probes probes;
    private final PresenceTracker presence;
    private final ScheduledExecutorService timer;
    private final AtomicInteger calls = new AtomicInteger();
    /** Who did not answer in time, and how each stood when it was asked. */
    private final Map<BoardId, Standing> late = new ConcurrentHashMap<>();

    RollCall(Probes probes, PresenceTracker presence, ScheduledExecutorService timer) {
        this.probes = probes;
        this.presence = presence;
        this.timer = timer;
    }

    /** Begins anew; a call that is not over ends. */
    void begin() {
        int call = calls.incrementAndGet();
        late.clear();
        later(FOR_NEWS, () -> round(call, 1, presence::offline));
    }

    /** A board answered something, perhaps what it was asked here, however late. */
    void replied(BoardId board, Reply reply) {
        var before = late.get(board);
        if (before != null) {
            birth(reply).ifPresent(birth -> {
                late.remove(board);
                presence.found(board, before, birth);
            });
        }
    }

    /** Calls a board that is followed from now on. Before the first call there is nothing to do: that will be for all. */
    void join(BoardId board) {
        int call = calls.get();
        if (call > 0) {
            later(FOR_NEWS, () -> round(call, 1, () -> presence.isOffline(board) ? Set.of(board) : Set.of()));
        }
    }

    private void round(int call, int round, Supplier<Set<BoardId>> absent) {
        if (call != calls.get()) {
            return;
        }
        var boards = absent.get();
        // One more for this loop, so that the round is not over before all are asked.
        var left = new AtomicInteger(boards.size() + 1);
        Runnable ended = () -> {
            if (left.decrementAndGet() == 0 && round < ROUNDS) {
                later(PAUSE, () -> round(call, round + 1, absent));
            }
        };
        boards.forEach(board -> ask(call, board, ended));
        ended.run();
    }

    private void ask(int call, BoardId board, Runnable ended) {
        var before = presence.standing(board);
        probes.ask(
                board,
                () -> call == calls.get()
                        && before.filter(Standing.Offline.class::isInstance).isPresent()
                        && presence.standing(board).equals(before),
                (reply, failure) -> {
                    if (reply != null) {
                        birth(reply).ifPresent(birth -> presence.found(board, before.orElseThrow(), birth));
                    } else if (failure instanceof NoAnswerException && call == calls.get()) {
                        late.put(board, before.orElseThrow());
                    }
                    ended.run();
                });
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
