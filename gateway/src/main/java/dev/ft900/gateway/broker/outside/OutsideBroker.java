package dev.ft900.gateway.broker.outside;

import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.Revocation;
import dev.ft900.ca.store.StoredCertificate;
import dev.ft900.gateway.broker.Broker;
import dev.ft900.gateway.broker.BrokerException;
import dev.ft900.gateway.tls.TlsIdentity;
import dev.ft900.protocol.name.BoardId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker that runs outside the gateway's process. RabbitMQ's questions are answered from the beginning; revocations go to a
 * {@link Revoker}. What was started is stopped in the opposite order.
 */
public final class OutsideBroker implements Broker {
    private static final Logger LOG = LoggerFactory.getLogger(OutsideBroker.class);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final String uri;
    private final Revoker revoker;

    private OutsideBroker(String uri, Deque<AutoCloseable> started, Revoker revoker) {
        this.uri = uri;
        this.started.addAll(started);
        this.revoker = revoker;
    }

    /**
     * Begins to work with the broker of a kit; returns before there is a connection.
     *
     * @param kit where the broker looks for its files
     * @param cut is told whose session was ended
     * @throws BrokerException the port on which RabbitMQ asks is taken
     */
    public static OutsideBroker open(
            Path kit,
            KitSettings settings,
            Enrolment enrolment,
            RevocationLists lists,
            ControlTopic control,
            Consumer<String> cut)
            throws BrokerException {
        var started = new ArrayDeque<AutoCloseable>();
        SessionEnder sessions;
        Reload reload;
        Duration last;
        if (settings.rabbitmq() != null) {
            started.push(RabbitMqAuthorisation.start(settings.rabbitmq(), id -> mayConnect(enrolment, id)));
            sessions = new RabbitMqSessions(settings.rabbitmq());
            reload = Reload.NONE;
            last = RabbitMqKit.LAST_CONNECT;
        } else {
            sessions = new MosquittoSessions(control);
            reload = new Reload.ByCommand(settings.reload());
            last = MosquittoKit.LAST_CONNECT;
        }
        var ended = sessions;
        SessionEnder telling = commonName -> {
            ended.end(commonName);
            cut.accept(commonName);
        };
        var revoker = new Revoker(
                new RevocationFiles(settings.kind(), kit),
                lists,
                reload,
                new SessionCutter(
                        telling,
                        revocation -> sessionToEnd(enrolment, revocation),
                        RevocationsDone.open(kit, enrolment::revokedAfter),
                        last));
        started.push(revoker);
        return new OutsideBroker(settings.broker().uri(), started, revoker);
    }

    /** Adds a part that ends with the broker, after all others. */
    public OutsideBroker with(AutoCloseable part) {
        started.addLast(part);
        return this;
    }

    private static boolean mayConnect(Enrolment enrolment, BoardId id) {
        return enrolment.certificates(id).stream().anyMatch(certificate -> enrolment.admits(id, certificate.serial()));
    }

    /**
     * Whose session ends with a revocation; empty text for nobody's. Brokers know sessions by name only: where a board came with a newer certificate,
     * the session of that name is the good one, and took the place of the other when it began.
     */
    private static String sessionToEnd(Enrolment enrolment, Revocation revocation) {
        return enrolment.hasNewer(revocation)
                ? ""
                : enrolment
                        .certificate(revocation.serial())
                        .map(StoredCertificate::commonName)
                        .orElse("");
    }

    @Override
    public String uri() {
        return uri;
    }

    @Override
    public boolean isEmbedded() {
        return false;
    }

    @Override
    public void shutOut(Revocation revocation) {
        revoker.add(revocation);
    }

    @Override
    public int revocationsOpen() {
        return revoker.open();
    }

    @Override
    public void use(TlsIdentity identity) {
        LOG.warn(
                "the broker is a child of this process: it shows its new certificate, good until {}, after this process's next start",
                identity.certificate().getNotAfter().toInstant());
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                LOG.warn("a part of the broker did not stop in order", e);
            }
        }
    }
}
