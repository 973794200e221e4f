package dev.ft900.ca.authority;

import dev.ft900.ca.store.CertificateStore;
import dev.ft900.ca.store.StoredCertificate;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The issuing authority: takes a draft through the policy, signs it, and puts it into the store before anybody else sees it. Safe for
 * use by several threads and several processes.
 */
public final class Authority {
    private final X509Certificate root;
    private final X509Certificate issuer;
    private final CertificateSigner signer;
    private final Profiles profiles;
    private final Clock clock;

    Authority(X509Certificate root, X509Certificate issuer, CertificateSigner signer, Profiles profiles, Clock clock) {
        this.root = root;
        this.issuer = issuer;
        this.signer = signer;
        this.profiles = profiles;
        this.clock = clock;
    }

    public Profiles profiles() {
        return profiles;
    }

    /** The certificate that everybody is to trust. */
    public X509Certificate root() {
        return root;
    }

    /**
     * Issues a certificate.
     *
     * @param store in a transaction; the certificate counts when it is committed
     * @param names subject alternative names
     * @param valid for how long; the profile's longest when absent
     * @throws PolicyException a rule stands against it
     */
    public IssuedCertificate issue(
            CertificateStore store,
            Profile profile,
            String commonName,
            List<SubjectName> names,
            PublicKey key,
            Optional<Duration> valid)
            throws PolicyException {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var draft = new CertificateDraft(profile, commonName, names, key, now, now.plus(valid.orElse(profile.valid())));
        var context = new IssuingStep.Context(store, now, issuer.getNotAfter().toInstant());
        for (var step : IssuingStep.POLICY) {
            draft = step.apply(draft, context);
        }
        var certificate = signer.sign(draft);
        store.add(new StoredCertificate(
                StoredCertificate.serial(certificate.getSerialNumber()),
                profile.name(),
                commonName,
                KeyHash.of(key),
                draft.notBefore(),
                draft.notAfter(),
                now,
                Pem.der(certificate),
                Optional.empty()));
        return new IssuedCertificate(List.of(certificate, issuer));
    }
}
