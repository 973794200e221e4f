package dev.ft900.gateway.device;

import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.Revocation;
import dev.ft900.ca.store.StoreFailure;
import dev.ft900.protocol.dialect.NativeTopic;
import dev.ft900.protocol.name.BoardId;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps up with the register, which other processes change as well: follows new boards, forgets removed ones, and reports what was
 * revoked. Looks twice a second, and at once when told to.
 */
public final class RegistryWatch {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryWatch.class);

    private static final Duration PERIOD = Duration.ofMillis(500);

    private final Enrolment enrolment;
    private final PresenceTracker presence;
    private final Messenger messenger;
    private final Consumer<Revocation> onRevoked;
    private final Consumer<BoardId> onAdded;
    private final Consumer<BoardId> onRemoved;
    private long lastRevocation;
    private long lastChange;

    /**
     * @param onRevoked is told of each revocation once; those from before the first look too
     * @param onAdded is told of each board that is followed from now on
     * @param onRemoved is told of each board that is not registered any more, or is another's by now
     */
    public RegistryWatch(
            Enrolment enrolment,
            PresenceTracker presence,
            Messenger messenger,
            Consumer<Revocation> onRevoked,
            Consumer<BoardId> onAdded,
            Consumer<BoardId> onRemoved) {
        this.enrolment = enrolment;
        this.presence = presence;
        this.messenger = messenger;
        this.onRevoked = onRevoked;
        this.onAdded = onAdded;
        this.onRemoved = onRemoved;
    }

    /**
     * Looks now, and from now on regularly.
     *
     * @param own may wait for the database, and so times nothing else
     */
    public void start(ScheduledExecutorService own) {
        look();
        own.scheduleWithFixedDelay(this::lookAgain, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void lookAgain() {
        try {
            look();
        } catch (RuntimeException e) {
            // An exception would end the regular looks; the next one may find the database well again.
            StoreFailure.reason(e)
                    .ifPresentOrElse(
                            reason -> LOG.warn("the register cannot be read: {}", reason),
                            () -> LOG.error("the register cannot be read", e));
        }
    }

    /** Looks now. */
    public synchronized void look() {
        for (var revocation : enrolment.revokedAfter(lastRevocation)) {
            onRevoked.accept(revocation);
            lastRevocation = revocation.sequence();
        }
        for (var change : enrolment.changedAfter(lastChange)) {
            // One that is followed and registered was removed and registered anew since the last look.
            forget(change.board());
            if (change.isRegistered()) {
                follow(change.board());
            }
            lastChange = change.sequence();
        }
    }

    private void follow(BoardId id) {
        if (presence.follow(id)) {
            messenger.follow(new NativeTopic.Presences(id).name(), true);
            onAdded.accept(id);
        }
    }

    private void forget(BoardId id) {
        if (presence.forget(id)) {
            onRemoved.accept(id);
            messenger.follow(new NativeTopic.Presences(id).name(), false);
        }
    }
}
