package dev.ft900.gateway.device;

import dev.ft900.protocol.message.Reply;
import dev.ft900.protocol.name.BoardId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * Asks boards whether they are there, so many at a time that people's commands have room: after a restart there may be ten thousand to ask. Safe
 * for use by several threads.
 */
final class Probes {
    /** How long a board may take to answer. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** With {@link #BETWEEN} and {@link #PATIENCE} half of what may be under way at once if nobody answers. */
    static final int AT_ONCE = 100;

    static final Duration BETWEEN = Duration.ofMillis(200);

    private final CommandService commands;
    private final ScheduledExecutorService timer;
    private final Queue<Probe> waiting = new ArrayDeque<>();
    private int left = AT_ONCE;
    private boolean isTicking;

    private record Probe(BoardId board, BooleanSupplier isWanted, BiConsumer<Reply, Throwable> end) {}

    Probes(CommandService commands, ScheduledExecutorService timer) {
        this.commands = commands;
        this.timer = timer;
    }

    /**
     * Asks a board, now or when it is its turn.
     *
     * @param isWanted looked at then; nothing is sent when it says no
     * @param end is told the answer or the failure; both null when nothing was sent
     */
    void ask(BoardId board, BooleanSupplier isWanted, BiConsumer<Reply, Throwable> end) {
        synchronized (this) {
            waiting.add(new Probe(board, isWanted, end));
        }
        goOn();
    }

    private void goOn() {
        for (var probe = next(); probe != null; probe = next()) {
            if (probe.isWanted().getAsBoolean()) {
                commands.probe(probe.board(), PATIENCE).whenComplete(probe.end());
            } else {
                probe.end().accept(null, null);
            }
        }
    }

    /** The next one that may be sent now; null when there is none. */
    private synchronized Probe next() {
        if (left == 0 || waiting.isEmpty()) {
            return null;
        }
        left--;
        if (!isTicking) {
            isTicking = true;
            timer.schedule(this::tick, BETWEEN.toNanos(), TimeUnit.NANOSECONDS);
        }
        return waiting.remove();
    }

    private void tick() {
        synchronized (this) {
            left = AT_ONCE;
            isTicking = false;
        }
        goOn();
    }
}
