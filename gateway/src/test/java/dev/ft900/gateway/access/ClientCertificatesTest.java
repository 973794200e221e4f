package dev.ft900.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.StoredCertificate;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientCertificatesTest {
    private static final Caller PANEL = new Caller("client.panel", Role.VIEWER);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-29T20:00:00Z"));
    private final Clock clock =
            InstantSource.offset((InstantSource) now::get, Duration.ZERO).withZone(ZoneOffset.UTC);
    private final Enrolment enrolment = mock(Enrolment.class);
    private final CertificateRoles roles = mock(CertificateRoles.class);
    private final X509Certificate certificate = mock(X509Certificate.class);
    private final StoredCertificate stored = mock(StoredCertificate.class);
    private final ClientCertificates clients = new ClientCertificates(enrolment, roles, clock);

    @BeforeEach
    void panelHasACertificate() {
        when(certificate.getSerialNumber()).thenReturn(BigInteger.valueOf(7));
        when(certificate.getSubjectX500Principal()).thenReturn(new X500Principal("CN=client.panel"));
        when(stored.profile()).thenReturn("rest-client");
        when(stored.commonName()).thenReturn("client.panel");
        when(enrolment.certificate(any())).thenReturn(Optional.of(stored));
        when(roles.find("client.panel")).thenReturn(Optional.of(PANEL));
        assertThat(clients.callerOf(certificate)).contains(PANEL);
        when(stored.isRevoked()).thenReturn(true);
    }

    @Test
    void aRevokedOneOpensNothingAfterASecond() {
        now.updateAndGet(before -> before.plusMillis(999));
        assertThat(clients.callerOf(certificate)).contains(PANEL);
        now.updateAndGet(before -> before.plusMillis(1));

        assertThat(clients.callerOf(certificate)).isEmpty();
    }

    @Test
    void aRevokedOneOpensNothingWhenTheClockWasSetBack() {
        now.updateAndGet(before -> before.minusSeconds(3_600));

        assertThat(clients.callerOf(certificate)).isEmpty();
    }
}
