package dev.ft900.gateway.device;

import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.name.BoardId;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks boards of which there is only a hint whether they are there. One that does not answer counts as offline, and is asked again, more and more
 * seldom, for as long as the hint stands: when a thousand boards come back at once, an answer may take its time. Safe for use by several threads.
 */
final class HintChecks {
    private static final Logger LOG = LoggerFactory.getLogger(HintChecks.class);

    /** How long a board may take to show that a retained birth message is still true. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final CommandService commands;
    private final PresenceTracker presence;
    private final ScheduledExecutorService timer;

    HintChecks(CommandService commands, PresenceTracker presence, ScheduledExecutorService timer) {
        this.commands = commands;
        this.presence = presence;
        this.timer = timer;
    }

    void check(BoardId board, Presence.Up hint) {
        check(board, hint, FIRST_PAUSE);
    }

    /** @param pause until it is asked again when it does not answer */
    private void check(BoardId board, Presence.Up hint, Duration pause) {
        commands.probe(board, PATIENCE).whenComplete((reply, failure) -> {
            if (failure == null) {
                return;
            }
            presence.silent(board, hint);
            if (presence.isUnconfirmed(board, hint)) {
                LOG.debug("{} was said to be there and does not answer: {}", board, failure.getMessage());
                timer.schedule(() -> checkAgain(board, hint, pause), pause.toNanos(), TimeUnit.NANOSECONDS);
            }
        });
    }

    private void checkAgain(BoardId board, Presence.Up hint, Duration pause) {
        if (presence.isUnconfirmed(board, hint)) {
            var next = pause.multipliedBy(2);
            check(board, hint, next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE);
        }
    }
}
