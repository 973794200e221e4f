package dev.ft900.gateway.app;

import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.PemException;
import dev.ft900.ca.store.CertificateStore;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StoredCertificate;
import dev.ft900.gateway.broker.BrokerKind;
import dev.ft900.gateway.broker.outside.KitFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the certificate in a kit, which only {@code broker kit} replaces, and says once a day what to do when it nears its end or was
 * revoked: whoever runs the broker has to start it again as well. For one thread.
 */
final class KitCertificate {
    private static final Logger LOG = LoggerFactory.getLogger(KitCertificate.class);

    /** As long before its end as servers of this process get a new one. */
    private static final Duration BEFORE_THE_END = Duration.ofDays(30);

    private static final Duration AGAIN = Duration.ofDays(1);

    private final BrokerKind kind;
    private final Path kit;
    private final StateDatabase database;
    private final Clock clock;
    private final Consumer<String> warning;
    private Instant said = Instant.MIN;

    /** @param warning is told what is wrong and what to do, at most once a day */
    KitCertificate(BrokerKind kind, Path kit, StateDatabase database, Clock clock, Consumer<String> warning) {
        this.kind = kind;
        this.kit = kit;
        this.database = database;
        this.clock = clock;
        this.warning = warning;
    }

    /** With warnings in the log. */
    KitCertificate(BrokerKind kind, Path kit, StateDatabase database, Clock clock) {
        this(kind, kit, database, clock, LOG::warn);
    }

    void watch(ScheduledExecutorService timer, Duration pause) {
        timer.scheduleWithFixedDelay(this::look, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    // What goes wrong here must not end the watch.
    @SuppressWarnings("PMD.AvoidCatchingGenericException")
    void look() {
        if (clock.instant().isBefore(nextWarning())) {
            return;
        }
        try {
            var certificate = Pem.readCertificates(KitFiles.certificate(kit)).get(0);
            trouble(certificate)
                    .ifPresent(what -> warn("the broker's certificate in " + kit + " " + what
                            + ". Write the kit again, then start the broker again: ./ft900 broker kit " + kind.word()
                            + " --out "
                            + kit));
        } catch (PemException | IOException e) {
            warn("expected the broker's certificate in " + kit + "; " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.debug("the broker's certificate in {} could not be looked up; trying again", kit, e);
        }
    }

    private Instant nextWarning() {
        return said.equals(Instant.MIN) ? said : said.plus(AGAIN);
    }

    private void warn(String what) {
        warning.accept(what);
        said = clock.instant();
    }

    private Optional<String> trouble(X509Certificate certificate) {
        var end = certificate.getNotAfter().toInstant();
        if (isRevoked(certificate)) {
            return Optional.of("was revoked: boards cannot tell, but whoever has its key can pretend to be the broker");
        }
        if (end.isBefore(clock.instant())) {
            return Optional.of("ended at " + end + ": no board and no gateway can connect");
        }
        return end.isBefore(clock.instant().plus(BEFORE_THE_END))
                ? Optional.of("ends at " + end + "; then no board and no gateway can connect")
                : Optional.empty();
    }

    private boolean isRevoked(X509Certificate certificate) {
        return database.jdbi()
                .withHandle(handle ->
                        new CertificateStore(handle).find(StoredCertificate.serial(certificate.getSerialNumber())))
                .filter(StoredCertificate::isRevoked)
                .isPresent();
    }
}
