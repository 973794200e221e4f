package dev.ft900.ca.authority;

import static dev.ft900.ca.authority.Policy.require;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/** What we promise of every certificate, checked on the finished one. A refusal here is a fault of ours that stays inside. */
final class CertificateRules {
    private static final int MIN_SERIAL_BITS = 64;

    /** RFC 5280, section 4.1.2.2: at most 20 octets, and positive. */
    private static final int MAX_SERIAL_BITS = 159;

    private CertificateRules() {}

    static void serial(X509Certificate certificate, CertificateDraft draft, Policy.Context context)
            throws PolicyException {
        var serial = certificate.getSerialNumber();
        require(
                serial.signum() > 0 && serial.bitLength() >= MIN_SERIAL_BITS && serial.bitLength() <= MAX_SERIAL_BITS,
                "serial",
                "a serial number is positive and has " + MIN_SERIAL_BITS + " to " + MAX_SERIAL_BITS + " bits; got "
                        + serial.bitLength());
    }

    static void identity(X509Certificate certificate, CertificateDraft draft, Policy.Context context)
            throws PolicyException {
        require(
                certificate.getSubjectX500Principal().getName().equals("CN=" + draft.commonName())
                        && certificate.getPublicKey().equals(draft.key())
                        && certificate
                                .getIssuerX500Principal()
                                .equals(context.issuer().getSubjectX500Principal()),
                "identity",
                "the certificate must hold exactly the name and the key that were approved");
    }

    static void usage(X509Certificate certificate, CertificateDraft draft, Policy.Context context)
            throws PolicyException {
        var wanted = draft.profile().usage().stream()
                .map(use -> use == Profile.Usage.SERVER_AUTH ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2")
                .collect(Collectors.toSet());
        try {
            var has = certificate.getExtendedKeyUsage();
            require(
                    certificate.getBasicConstraints() == -1
                            && wanted.equals(new HashSet<>(has == null ? List.of() : has)),
                    "usage",
                    "the certificate must be no authority, and for " + wanted + " alone");
        } catch (CertificateParsingException e) {
            throw new PolicyException("usage", "the certificate's extended key usage cannot be read");
        }
    }

    static void lifetime(X509Certificate certificate, CertificateDraft draft, Policy.Context context)
            throws PolicyException {
        require(
                !certificate.getNotAfter().after(context.issuer().getNotAfter()),
                "lifetime",
                "a certificate ends with its issuing authority at the latest ("
                        + context.issuer().getNotAfter().toInstant() + ")");
    }

    static void size(X509Certificate certificate, CertificateDraft draft, Policy.Context context)
            throws PolicyException {
        int bytes = Pem.der(certificate).length;
        require(
                bytes <= draft.profile().maxBytes(),
                "size",
                "a " + draft.profile().name() + " certificate has at most "
                        + draft.profile().maxBytes() + " bytes, or its readers cannot take it; this one has " + bytes
                        + ". Use fewer or shorter host names.");
    }
}
