package dev.ft900.gateway.access;

import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.StoredCertificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Optional;

/**
 * Who shows which client certificate: one of ours, for REST clients, not revoked, whose common name is allowed something. TLS has checked
 * that its chain leads to the root. What was found is remembered for a second. Safe for use by several threads.
 */
public final class ClientCertificates {
    private static final String PROFILE = "rest-client";

    private final Enrolment enrolment;
    private final CertificateRoles roles;
    private final Clock clock;
    private final Memory<String, Optional<Caller>> remembered = new Memory<>();

    public ClientCertificates(Enrolment enrolment, CertificateRoles roles, Clock clock) {
        this.enrolment = enrolment;
        this.roles = roles;
        this.clock = clock;
    }

    /** Who the holder of a certificate is; empty for nobody who is allowed anything. */
    public Optional<Caller> callerOf(X509Certificate certificate) {
        var serial = StoredCertificate.serial(certificate.getSerialNumber());
        var now = clock.instant();
        return remembered.get(serial, now).orElseGet(() -> {
            var caller = find(certificate, serial);
            remembered.put(serial, caller, now, Optional.empty());
            return caller;
        });
    }

    private Optional<Caller> find(X509Certificate certificate, String serial) {
        return enrolment
                .certificate(serial)
                .filter(stored -> !stored.isRevoked()
                        && stored.profile().equals(PROFILE)
                        && certificate.getSubjectX500Principal().getName().equals("CN=" + stored.commonName()))
                .flatMap(stored -> roles.find(stored.commonName()));
    }
}
