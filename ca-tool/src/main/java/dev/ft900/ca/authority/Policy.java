package dev.ft900.ca.authority;

import dev.ft900.ca.store.CertificateStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What every certificate goes through, in three lines of small steps: some modify the draft, some validate it, and some enforce what
 * we promise of the finished certificate. Each refuses in the name of its rule.
 */
final class Policy {
    /** Clocks that are a little behind must not find a new certificate not yet valid. */
    static final Duration BACKDATE = Duration.ofMinutes(5);

    private Policy() {}

    /**
     * What steps may look at.
     *
     * @param store in the transaction in which the certificate will be added
     * @param issuer the authority that will sign
     */
    record Context(CertificateStore store, Instant now, X509Certificate issuer) {}

    /** Changes a draft. */
    interface Modify {
        CertificateDraft apply(CertificateDraft draft, Context context);
    }

    /** Looks at a draft before it is signed. */
    interface Validate {
        /** @throws PolicyException the draft breaks this rule */
        void check(CertificateDraft draft, Context context) throws PolicyException;
    }

    /** Looks at the finished certificate before anybody else sees it. */
    interface Enforce {
        /** @throws PolicyException the certificate is not what was meant */
        void check(X509Certificate certificate, CertificateDraft draft, Context context) throws PolicyException;
    }

    private static final List<Modify> MODIFY = List.of(Policy::tidyNames, Policy::backdate);

    private static final List<Validate> VALIDATE = List.of(
            DraftRules::subjectForm,
            DraftRules::names,
            DraftRules::forbiddenNames,
            DraftRules::keyKind,
            DraftRules::keyStrength,
            DraftRules::keyUnused,
            DraftRules::nameOwner,
            DraftRules::validity);

    private static final List<Enforce> ENFORCE = List.of(
            CertificateRules::serial,
            CertificateRules::identity,
            CertificateRules::usage,
            CertificateRules::lifetime,
            CertificateRules::size);

    /** Takes a draft through the steps that come before signing. */
    static CertificateDraft admit(CertificateDraft asked, Context context) throws PolicyException {
        var draft = asked;
        for (var step : MODIFY) {
            draft = step.apply(draft, context);
        }
        for (var step : VALIDATE) {
            step.check(draft, context);
        }
        return draft;
    }

    /** Takes a finished certificate through the steps that come after signing. */
    static void check(X509Certificate certificate, CertificateDraft draft, Context context) throws PolicyException {
        for (var step : ENFORCE) {
            step.check(certificate, draft, context);
        }
    }

    private static CertificateDraft tidyNames(CertificateDraft draft, Context context) {
        return draft.named(List.copyOf(new LinkedHashSet<>(draft.names())));
    }

    private static CertificateDraft backdate(CertificateDraft draft, Context context) {
        return draft.valid(draft.notBefore().minus(BACKDATE), draft.notAfter());
    }

    /** @throws PolicyException if the rule does not hold */
    static void require(boolean holds, String rule, String otherwise) throws PolicyException {
        if (!holds) {
            throw new PolicyException(rule, otherwise);
        }
    }
}
