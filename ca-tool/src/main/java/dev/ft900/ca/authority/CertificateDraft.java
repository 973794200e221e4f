package dev.ft900.ca.authority;

import java.security.PublicKey;
import java.time.Instant;
import java.util.List;

/**
 * A certificate that is asked for, on its way through the policy.
 *
 * @param commonName the subject; whatever a signing request says of it does not count
 * @param names subject alternative names
 */
public record CertificateDraft(
        Profile profile,
        String commonName,
        List<SubjectName> names,
        PublicKey key,
        Instant notBefore,
        Instant notAfter) {

    public CertificateDraft {
        names = List.copyOf(names);
    }

    CertificateDraft named(List<SubjectName> tidied) {
        return new CertificateDraft(profile, commonName, tidied, key, notBefore, notAfter);
    }

    CertificateDraft valid(Instant from, Instant until) {
        return new CertificateDraft(profile, commonName, names, key, from, until);
    }
}
