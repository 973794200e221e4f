package dev.ft900.ca.authority;

import dev.ft900.ca.store.CertificateStore;
import dev.ft900.ca.store.Revocation;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StoredCertificate;
import java.security.cert.X509CRL;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Makes certificate revocation lists (RFC 5280, section 5) of what the store knows. */
final class RevocationLists {
    private final StateDatabase database;
    private final Clock clock;

    RevocationLists(StateDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private record Content(long number, List<Revocation> revoked) {}

    /** The complete list of one authority. */
    X509CRL make(CertificateSigner signer, Duration valid) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var issuer = StoredCertificate.serial(signer.certificate().getSerialNumber());
        var content = database.jdbi().inTransaction(handle -> {
            var store = new CertificateStore(handle);
            return new Content(store.nextListNumber(issuer), store.revokedOf(issuer, now));
        });
        return signer.signList(content.number(), content.revoked(), now.minus(Policy.BACKDATE), now.plus(valid));
    }
}
