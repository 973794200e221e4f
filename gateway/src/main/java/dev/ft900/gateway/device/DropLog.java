package dev.ft900.gateway.device;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs messages that were dropped, each sender's at most once a minute and the others as their number, so that a board that raves fills no
 * disk. Remembers one line for each board that ever raved, and only those that are registered get as far. For one thread.
 */
final class DropLog {
    private static final Logger LOG = LoggerFactory.getLogger(BoardMessages.class);

    private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanos;
    private final Map<String, Said> said = new HashMap<>();

    /** When something was last said of a sender, and how much was not said since. */
    private record Said(long at, long unsaid) {}

    /** @param nanos monotonic time */
    DropLog(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** @param from the sender, as a person knows it */
    void dropped(String from, String topic, String why) {
        long now = nanos.getAsLong();
        var before = said.get(from);
        if (before != null && now - before.at() < PAUSE_NANOS) {
            said.put(from, new Said(before.at(), before.unsaid() + 1));
            return;
        }
        said.put(from, new Said(now, 0));
        if (before == null || before.unsaid() == 0) {
            LOG.warn("a message on {} was dropped: {}", topic, why);
        } else {
            LOG.warn("a message on {} was dropped, as {} of {} before it: {}", topic, before.unsaid(), from, why);
        }
    }
}
