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

    static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final Probes probes;
    private final PresenceTracker presence;
    private final ScheduledExecutorService timer;

    HintChecks(Probes probes, PresenceTracker presence, ScheduledExecutorService timer) {
        this.probes = probes;
        this.presence = presence;
        this.timer = timer;
    }

    void check(BoardId board, Presence.Up hint) {
        check(board, hint, FIRST_PAUSE);
    }

    /** One that was asked a moment ago. */
    void checkLater(BoardId board, Presence.Up hint) {
        later(FIRST_PAUSE, () -> checkAgain(board, hint, FIRST_PAUSE));
    }

    /** @param pause until it is asked again when it does not answer */
    private void check(BoardId board, Presence.Up hint, Duration pause) {
        probes.ask(board, () -> isOpen(board, hint), (reply, failure) -> {
            if (failure instanceof GatewayBusyException) {
                // Nobody asked it: that says nothing about the board.
                later(FIRST_PAUSE, () -> check(board, hint, pause));
            } else if (failure != null) {
                presence.silent(board, hint);
                if (presence.isUnconfirmed(board, hint)) {
                    LOG.debug("{} was said to be there and does not answer: {}", board, failure.getMessage());
                    later(pause, () -> checkAgain(board, hint, pause));
                }
            }
        });
    }

    /** Whether the hint is still all that is known. */
    private boolean isOpen(BoardId board, Presence.Up hint) {
        return presence.isUnconfirmed(board, hint)
                || presence.standing(board)
                        .filter(new Standing.Hinted(hint)::equals)
                        .isPresent();
    }

    private void later(Duration pause, Runnable work) {
        timer.schedule(work, pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void checkAgain(BoardId board, Presence.Up hint, Duration pause) {
        if (presence.isUnconfirmed(board, hint)) {
            var next = pause.multipliedBy(2);
            check(board, hint, next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE);
        }
    }
}
