package dev.ft900.gateway.app;

import dev.ft900.ca.store.StateDatabase;
import dev.ft900.gateway.access.AuditLog;
import dev.ft900.gateway.access.Refusals;
import dev.ft900.gateway.http.RestSettings;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who changed what, and who was refused; kept as long as the settings say. */
record AuditTrail(AuditLog log, Refusals refusals) {
    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
    private static final int FLUSH_SECONDS = 10;
    private static final int FORGET_MINUTES = 60;

    static AuditTrail open(StateDatabase database, Parts parts) {
        var log = parts.keep(new AuditLog(database));
        var refusals = new Refusals(log);
        parts.keep(refusals::writeAll);
        return new AuditTrail(log, refusals);
    }

    /** Writes refusals and forgets what is old from now on, on the keeper's thread. */
    void look(ScheduledExecutorService keeper, RestSettings.AuditKept kept, Clock clock) {
        keeper.scheduleWithFixedDelay(
                () -> refusals.flush(clock.instant()), FLUSH_SECONDS, FLUSH_SECONDS, TimeUnit.SECONDS);
        keeper.scheduleWithFixedDelay(
                () -> {
                    try {
                        log.forget(clock.instant().minus(kept.time()), kept.entries());
                    } catch (RuntimeException e) {
                        LOG.warn("old entries of the audit log stay for another hour: {}", e.getMessage());
                    }
                },
                1,
                FORGET_MINUTES,
                TimeUnit.MINUTES);
    }
}
