package dev.ft900.ca.authority;

import dev.ft900.ca.store.CertificateStore;
import dev.ft900.protocol.name.Quoted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One rule of the policy: changes a draft, or lets it pass, or refuses it in its own name. */
interface IssuingStep {
    /** @throws PolicyException the draft breaks this rule */
    CertificateDraft apply(CertificateDraft draft, Context context) throws PolicyException;

    /**
     * What steps may look at.
     *
     * @param store in the transaction in which the certificate will be added
     * @param issuerNotAfter until when the issuing authority is valid
     */
    record Context(CertificateStore store, Instant now, Instant issuerNotAfter) {}

    /** Clocks that are a little behind must not find a new certificate not yet valid. */
    Duration BACKDATE = Duration.ofMinutes(5);

    /** The policy: first what changes the draft, then what checks it. */
    List<IssuingStep> POLICY = List.of(
            IssuingStep::limitValidity,
            IssuingStep::requireSubjectForm,
            IssuingStep::requireNames,
            IssuingStep::requireKeyKind,
            IssuingStep::requireUnusedKey,
            IssuingStep::requireValidity);

    private static CertificateDraft limitValidity(CertificateDraft draft, Context context) {
        var from = draft.notBefore().minus(BACKDATE);
        var until = draft.notAfter().isBefore(context.issuerNotAfter()) ? draft.notAfter() : context.issuerNotAfter();
        return draft.valid(from, until);
    }

    private static CertificateDraft requireSubjectForm(CertificateDraft draft, Context context) throws PolicyException {
        var rule = draft.profile().subject();
        return require(
                draft,
                rule.allows(draft.commonName()),
                "subject-form",
                "the common name of a " + draft.profile().name() + " certificate is " + rule.words() + "; got "
                        + Quoted.of(draft.commonName()));
    }

    private static CertificateDraft requireNames(CertificateDraft draft, Context context) throws PolicyException {
        boolean wanted = draft.profile().names() == Profile.NameRule.REQUIRED;
        return require(
                draft,
                wanted != draft.names().isEmpty(),
                "names",
                "a " + draft.profile().name() + " certificate has "
                        + (wanted ? "at least one host name; give --san DNS:host or --san IP:address" : "no host names")
                        + "; got " + draft.names());
    }

    private static CertificateDraft requireKeyKind(CertificateDraft draft, Context context) throws PolicyException {
        var kind = KeyKind.of(draft.key());
        return require(
                draft,
                kind.isPresent() && draft.profile().keys().contains(kind.get()),
                "key-kind",
                "the key of a " + draft.profile().name() + " certificate is one of "
                        + draft.profile().keys().stream()
                                .map(KeyKind::word)
                                .sorted()
                                .toList() + "; got another ("
                        + draft.key().getAlgorithm() + ")");
    }

    private static CertificateDraft requireUnusedKey(CertificateDraft draft, Context context) throws PolicyException {
        return require(
                draft,
                !context.store().knowsKey(KeyHash.of(draft.key())),
                "key-unused",
                "every certificate is for a key of its own; this key has one already. Make a new key.");
    }

    private static CertificateDraft requireValidity(CertificateDraft draft, Context context) throws PolicyException {
        var longest = draft.profile().valid().plus(BACKDATE);
        boolean holds = draft.notBefore().isBefore(draft.notAfter())
                && draft.notAfter().isAfter(context.now())
                && Duration.between(draft.notBefore(), draft.notAfter()).compareTo(longest) <= 0;
        return require(
                draft,
                holds,
                "validity",
                "a " + draft.profile().name() + " certificate is valid for at most "
                        + draft.profile().valid().toDays() + " days and ends in the future; asked were "
                        + draft.notBefore() + " to " + draft.notAfter());
    }

    private static CertificateDraft require(CertificateDraft draft, boolean holds, String rule, String otherwise)
            throws PolicyException {
        if (!holds) {
            throw new PolicyException(rule, otherwise);
        }
        return draft;
    }
}
