package dev.ft900.gateway.device;

import dev.ft900.gateway.log.Seldom;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs messages that were dropped, each sender's at most once a minute and the others as their number. */
final class DropLog {
    private static final Logger LOG = LoggerFactory.getLogger(BoardMessages.class);

    private final Seldom seldom;

    /** @param nanos monotonic time */
    DropLog(LongSupplier nanos) {
        this.seldom = new Seldom(nanos);
    }

    /** @param from the sender, as a person knows it */
    void dropped(String from, String topic, String why) {
        seldom.tell(from).ifPresent(unsaid -> {
            if (unsaid == 0) {
                LOG.warn("a message on {} was dropped: {}", topic, why);
            } else {
                LOG.warn("a message on {} was dropped, as {} of {} before it: {}", topic, unsaid, from, why);
            }
        });
    }
}
