package dev.ft900.gateway.device;

import dev.ft900.protocol.name.BoardId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs messages that were dropped, each board's at most once a minute and the others as their number, so that a board that raves fills no disk. For
 * one thread.
 */
final class DropLog {
    private static final Logger LOG = LoggerFactory.getLogger(BoardMessages.class);

    private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanos;
    private final Map<BoardId, Said> said = new HashMap<>();

    /** When something was last said of a board, and how much was not said since. */
    private record Said(long at, long unsaid) {}

    /** @param nanos monotonic time */
    DropLog(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void dropped(BoardId board, String topic, String why) {
        long now = nanos.getAsLong();
        var before = said.get(board);
        if (before != null && now - before.at() < PAUSE_NANOS) {
            said.put(board, new Said(before.at(), before.unsaid() + 1));
            return;
        }
        said.put(board, new Said(now, 0));
        if (before == null || before.unsaid() == 0) {
            LOG.warn("a message on {} was dropped: {}", topic, why);
        } else {
            LOG.warn("a message on {} was dropped, as {} of {} before it: {}", topic, before.unsaid(), board, why);
        }
    }
}
