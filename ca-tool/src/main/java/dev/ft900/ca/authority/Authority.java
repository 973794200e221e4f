package dev.ft900.ca.authority;

import dev.ft900.ca.store.CertificateStore;
import dev.ft900.ca.store.StoredCertificate;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The issuing authority: takes a draft through the policy, signs it, and puts it into the store before anybody else sees it. Safe for
 * use by several threads and several processes.
 */
public final class Authority {
    private final Map<KeyKind, Hierarchy> hierarchies;
    private final Profiles profiles;
    private final Clock clock;

    Authority(Map<KeyKind, Hierarchy> hierarchies, Profiles profiles, Clock clock) {
        this.hierarchies = new EnumMap<>(hierarchies);
        this.profiles = profiles;
        this.clock = clock;
    }

    public Profiles profiles() {
        return profiles;
    }

    /** The certificate that everybody is to trust: the root with the P-256 key, or the only one. */
    public X509Certificate root() {
        var first = hierarchies.containsKey(KeyKind.P256)
                ? KeyKind.P256
                : hierarchies.keySet().iterator().next();
        return hierarchies.get(first).root();
    }

    /** The root above the certificates of a profile; empty when there is none yet. */
    public Optional<X509Certificate> root(Profile profile) {
        return Optional.ofNullable(hierarchies.get(profile.signer())).map(Hierarchy::root);
    }

    /**
     * What a server or client with a P-256 certificate is to trust: the root, and the issuing authorities that nobody revoked, so that
     * a peer which shows its own certificate alone is known too, whichever of them signed it.
     */
    public List<X509Certificate> trusted(CertificateStore store) {
        var trusted = new ArrayList<X509Certificate>();
        trusted.add(root());
        Optional.ofNullable(hierarchies.get(KeyKind.P256)).map(Hierarchy::issuing).orElse(List.of()).stream()
                .filter(issuing -> store.find(StoredCertificate.serial(issuing.getSerialNumber()))
                        .filter(stored -> stored.isGood(clock.instant()))
                        .isPresent())
                .forEach(trusted::add);
        return trusted;
    }

    /**
     * Issues a certificate.
     *
     * @param store in a transaction; the certificate counts when it is committed
     * @param names subject alternative names
     * @param valid for how long; when absent, as long as the profile and the signer's own end allow. What is asked for is given or refused,
     *     never shortened.
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
        var signer = signer(profile);
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var end = valid.map(now::plus).orElseGet(() -> longest(profile, signer, now));
        var asked = new CertificateDraft(profile, commonName, names, key, now, end);
        var context = new Policy.Context(store, now, signer.certificate());
        var draft = Policy.admit(asked, context);
        var certificate = signer.sign(draft);
        Policy.check(certificate, draft, context);
        store.add(new StoredCertificate(
                StoredCertificate.serial(certificate.getSerialNumber()),
                profile.name(),
                commonName,
                KeyHash.of(key),
                StoredCertificate.serial(signer.certificate().getSerialNumber()),
                draft.notBefore(),
                draft.notAfter(),
                clock.instant(),
                Pem.der(certificate),
                Optional.empty()));
        return new IssuedCertificate(List.of(certificate, signer.certificate()));
    }

    private static Instant longest(Profile profile, CertificateSigner signer, Instant now) {
        var end = now.plus(profile.valid());
        var signerEnd = signer.certificate().getNotAfter().toInstant();
        return end.isBefore(signerEnd) ? end : signerEnd;
    }

    /**
     * What the store keeps of a certificate that another authority made and that is to count like one of ours.
     *
     * @param signer the authority that made it
     */
    public StoredCertificate adopted(
            String profile, String commonName, X509Certificate certificate, X509Certificate signer) {
        return new StoredCertificate(
                StoredCertificate.serial(certificate.getSerialNumber()),
                profile,
                commonName,
                KeyHash.of(certificate.getPublicKey()),
                StoredCertificate.serial(signer.getSerialNumber()),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                clock.instant(),
                Pem.der(certificate),
                Optional.empty());
    }

    private CertificateSigner signer(Profile profile) throws PolicyException {
        var hierarchy = hierarchies.get(profile.signer());
        if (hierarchy == null) {
            throw new PolicyException(
                    "signer",
                    "a " + profile.name() + " certificate is signed by an authority with an "
                            + profile.signer().word() + " key; there is none. Make one: ./ft900 ca init --key "
                            + profile.signer().word());
        }
        return hierarchy.signer();
    }
}
