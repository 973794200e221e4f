package dev.ft900.ca.authority;

import dev.ft900.ca.store.StoredCertificate;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A new certificate.
 *
 * @param chain the certificate itself and the authorities above it, without the root
 */
public record IssuedCertificate(List<X509Certificate> chain) {
    public IssuedCertificate {
        chain = List.copyOf(chain);
    }

    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** As in the store. */
    public String serial() {
        return StoredCertificate.serial(certificate().getSerialNumber());
    }
}
