package dev.ft900.gateway.broker;

import dev.ft900.ca.authority.Profiles;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.StoredCertificate;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.GatewayName;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Admits whom the register knows: a certificate that we issued and nobody revoked, a client id that equals its common name. Asks the
 * database for every connection, so that what another process revoked counts at once.
 */
public final class RegistryAccess implements BrokerAccess {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryAccess.class);

    private final Enrolment enrolment;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private volatile Consumer<String> late = clientId -> {};
    private final Optional<FirstConnect> firstConnect;

    private record Session(String serial, String clientId) {}

    /** @param firstConnect for boards that nobody registered; empty to refuse them */
    public RegistryAccess(Enrolment enrolment, Optional<FirstConnect> firstConnect) {
        this.enrolment = enrolment;
        this.firstConnect = firstConnect;
    }

    /** @param cut ends the connection of a client that was revoked while it was being admitted */
    void onLate(Consumer<String> cut) {
        late = cut;
    }

    /** The client that is connected with a certificate, if one is. */
    public Optional<String> clientOf(String serial) {
        return sessions.values().stream()
                .filter(session -> session.serial().equals(serial))
                .map(Session::clientId)
                .findFirst();
    }

    @Override
    public Optional<Grant> admit(X509Certificate certificate, String clientId) {
        var name = commonName(certificate);
        var serial = StoredCertificate.serial(certificate.getSerialNumber());
        if (!name.equals(clientId)) {
            LOG.warn("refused client id {}: its certificate {} is for {}", clientId, serial, name);
            return Optional.empty();
        }
        var gateway = GatewayName.fromCommonName(name);
        var grant = gateway.isPresent() ? gateway(gateway.get(), certificate) : board(name, certificate);
        if (grant.isEmpty()) {
            LOG.warn("refused {}: its certificate {} is revoked or not in the register", name, serial);
        }
        return grant;
    }

    private Optional<Grant> gateway(GatewayName name, X509Certificate shown) {
        return enrolment
                .certificate(StoredCertificate.serial(shown.getSerialNumber()))
                .filter(certificate -> !certificate.isRevoked()
                        && certificate.profile().equals(Profiles.GATEWAY)
                        && certificate.commonName().equals(name.commonName())
                        && enrolment.isInStore(shown))
                .map(certificate -> TopicRules.forGateway(name));
    }

    private Optional<Grant> board(String name, X509Certificate shown) {
        return BoardId.from(name)
                .filter(id -> enrolment.admits(id, shown)
                        || firstConnect
                                .filter(first -> first.register(id, shown))
                                .isPresent())
                .map(TopicRules::forBoard);
    }

    @Override
    public void connected(String connection, X509Certificate certificate, String clientId) {
        var serial = StoredCertificate.serial(certificate.getSerialNumber());
        sessions.put(connection, new Session(serial, clientId));
        BoardId.from(clientId).ifPresent(id -> {
            if (enrolment.admits(id, serial)) {
                enrolment.connected(id, serial);
            } else {
                // Revoked between the question and the answer: whoever revoked it found no connection to cut.
                late.accept(clientId);
            }
        });
    }

    @Override
    public void disconnected(String connection) {
        sessions.remove(connection);
    }

    /** The common name, which is all of the subject in every certificate that we issue. */
    private static String commonName(X509Certificate certificate) {
        var subject = certificate.getSubjectX500Principal().getName();
        return subject.startsWith("CN=") ? subject.substring("CN=".length()) : subject;
    }
}
