package dev.ft900.ca.inspect;

import dev.ft900.ca.store.StoredCertificate;
import java.security.GeneralSecurityException;
import java.security.cert.CRLReason;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether a certificate leads to a root at some time (RFC 5280, section 6), and whether a revocation list says otherwise.
 *
 * @param anchors the roots that are trusted
 * @param others certificates that may stand in between
 */
public record ChainVerifier(List<X509Certificate> anchors, List<X509Certificate> others) {
    public ChainVerifier {
        anchors = List.copyOf(anchors);
        others = List.copyOf(others);
    }

    /** A certificate leads to no root that is trusted; the message says why, in words for people. */
    public static final class NoPathException extends Exception {
        private static final long serialVersionUID = 1L;

        NoPathException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * The way up to a root: the certificate itself first, then those above it, each of which signed the one before; without the root.
     *
     * @throws NoPathException there is none at this time
     */
    public List<X509Certificate> path(X509Certificate certificate, Instant at) throws NoPathException {
        try {
            var target = new X509CertSelector();
            target.setCertificate(certificate);
            var parameters = new PKIXBuilderParameters(
                    anchors.stream()
                            .map(anchor -> new TrustAnchor(anchor, null))
                            .collect(Collectors.toSet()),
                    target);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            var between = new ArrayList<>(others);
            between.add(certificate);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(between)));
            var built = CertPathBuilder.getInstance("PKIX").build(parameters).getCertPath();
            return built.getCertificates().stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertPathBuilderException e) {
            throw new NoPathException(reason(certificate, at, e), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform builds certificate paths", e);
        }
    }

    private static String reason(X509Certificate certificate, Instant at, CertPathBuilderException e) {
        if (at.isAfter(certificate.getNotAfter().toInstant())) {
            return "it ended at " + certificate.getNotAfter().toInstant();
        }
        if (at.isBefore(certificate.getNotBefore().toInstant())) {
            return "it begins at " + certificate.getNotBefore().toInstant() + " only";
        }
        var cause = e.getCause() == null ? "" : " (" + e.getCause().getMessage() + ")";
        return "it does not lead to a trusted root" + cause;
    }

    /** The newest list of a certificate's issuer, signed by it. */
    public Optional<X509CRL> list(X509Certificate certificate, List<X509CRL> lists) {
        return lists.stream()
                .filter(list -> isOfIssuer(list, certificate))
                .max(Comparator.comparing(X509CRL::getThisUpdate));
    }

    /** What a list of its issuer says against a certificate, in words; empty when the list is current and silent about it. */
    public static Optional<String> objection(X509Certificate certificate, X509CRL list, Instant at) {
        var entry = list.getRevokedCertificate(certificate.getSerialNumber());
        if (entry != null) {
            var reason = entry.getRevocationReason() == null ? CRLReason.UNSPECIFIED : entry.getRevocationReason();
            return Optional.of(revoked(
                    entry.getRevocationDate().toInstant(),
                    reason.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        }
        boolean current = list.getNextUpdate() != null
                && !at.isAfter(list.getNextUpdate().toInstant())
                && !at.isBefore(list.getThisUpdate().toInstant());
        return current
                ? Optional.empty()
                : Optional.of("the revocation list is out of date (next was due "
                        + (list.getNextUpdate() == null
                                ? "at no time"
                                : list.getNextUpdate().toInstant())
                        + "); make a new one with ./ft900 ca crl");
    }

    private boolean isOfIssuer(X509CRL list, X509Certificate certificate) {
        if (!list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        var issuers = new ArrayList<>(others);
        issuers.addAll(anchors);
        return issuers.stream()
                .filter(issuer -> issuer.getSubjectX500Principal().equals(list.getIssuerX500Principal()))
                .anyMatch(issuer -> isSignedBy(list, issuer));
    }

    private static boolean isSignedBy(X509CRL list, X509Certificate issuer) {
        try {
            list.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** What the store says against a certificate of ours, in words. */
    public static Optional<String> objection(StoredCertificate stored) {
        return stored.revocation()
                .map(revocation -> revoked(revocation.at(), revocation.reason().word()));
    }

    /** Lists know the second, the store more than that. */
    private static String revoked(Instant at, String reason) {
        return "it was revoked at " + at.truncatedTo(ChronoUnit.SECONDS) + " (" + reason + ")";
    }
}
