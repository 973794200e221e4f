package dev.ft900.ca.inspect;

import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.store.StoredCertificate;
import dev.ft900.protocol.provisioning.Digest;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a certificate says, in plain values. The certificate may come from anywhere; what cannot be read in it is left out. */
public record CertificateFacts(X509Certificate certificate) {
    private static final Map<String, String> USAGE =
            Map.of("1.3.6.1.5.5.7.3.1", "serverAuth", "1.3.6.1.5.5.7.3.2", "clientAuth");
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    public String subject() {
        return certificate.getSubjectX500Principal().getName();
    }

    public String issuer() {
        return certificate.getIssuerX500Principal().getName();
    }

    public String serial() {
        return StoredCertificate.serial(certificate.getSerialNumber());
    }

    public PublicKey key() {
        return certificate.getPublicKey();
    }

    /** Kind and length of the key, in words. */
    public String keyWords() {
        if (key() instanceof ECPublicKey curve) {
            return "EC with " + curve.getParams().getOrder().bitLength() + " bits";
        }
        return key() instanceof RSAPublicKey rsa
                ? "RSA with " + rsa.getModulus().bitLength() + " bits"
                : key().getAlgorithm();
    }

    public boolean isAuthority() {
        return certificate.getBasicConstraints() >= 0;
    }

    /** Extended key usage: words where there are some, else object identifiers. */
    public List<String> usage() {
        try {
            return Optional.ofNullable(certificate.getExtendedKeyUsage()).orElse(List.of()).stream()
                    .map(id -> USAGE.getOrDefault(id, id))
                    .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    /** The host names and addresses among the subject alternative names, as {@code DNS:…} and {@code IP:…}. */
    public List<String> names() {
        var names = new ArrayList<String>();
        try {
            for (var name : Optional.ofNullable(certificate.getSubjectAlternativeNames())
                    .orElse(List.of())) {
                int kind = (Integer) name.get(0);
                if (kind == DNS_NAME || kind == IP_ADDRESS) {
                    names.add((kind == DNS_NAME ? "DNS:" : "IP:") + name.get(1));
                }
            }
        } catch (CertificateParsingException e) {
            return List.of();
        }
        return names;
    }

    /** Of the whole certificate, lower-case hex. */
    public String sha256() {
        return Digest.of(Pem.der(certificate)).toString();
    }

    /** Length in DER. */
    public int bytes() {
        return Pem.der(certificate).length;
    }
}
