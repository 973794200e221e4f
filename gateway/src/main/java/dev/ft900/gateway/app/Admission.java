package dev.ft900.gateway.app;

import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.PemException;
import dev.ft900.gateway.access.AuditLog;
import dev.ft900.gateway.broker.FirstConnect;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** How boards that nobody registered are let in, as the settings say. */
final class Admission {
    private Admission() {}

    /** Empty when they are not. */
    static Optional<FirstConnect> of(GatewaySettings.FirstConnect settings, Foundation base, AuditLog audit)
            throws StartException {
        if (!settings.isOn()) {
            return Optional.empty();
        }
        var file = settings.authorities();
        try {
            var authorities = file.isPresent() ? Pem.readCertificates(file.get()) : List.<X509Certificate>of();
            return Optional.of(new FirstConnect(
                    authorities,
                    base.enrolment(),
                    id -> audit.note(new AuditLog.Entry(
                            base.clock().instant(),
                            "first-connect",
                            "",
                            "",
                            "CONNECT",
                            "/api/v1/devices/" + id,
                            201))));
        } catch (PemException | IOException e) {
            throw new StartException(
                    "expected certificates of authorities as PEM in " + file.get() + " (setting first-connect-ca); "
                            + e.getMessage(),
                    e);
        }
    }
}
