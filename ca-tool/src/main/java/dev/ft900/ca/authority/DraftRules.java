package dev.ft900.ca.authority;

import static dev.ft900.ca.authority.Policy.BACKDATE;
import static dev.ft900.ca.authority.Policy.require;

import dev.ft900.protocol.name.GatewayName;
import dev.ft900.protocol.name.Quoted;
import java.time.Duration;

/** The rules that a draft must keep before it is signed. */
final class DraftRules {
    private DraftRules() {}

    static void subjectForm(CertificateDraft draft, Policy.Context context) throws PolicyException {
        var rule = draft.profile().subject();
        require(
                rule.allows(draft.commonName()),
                "subject-form",
                "the common name of a " + draft.profile().name() + " certificate is " + rule.words() + "; got "
                        + Quoted.of(draft.commonName()));
    }

    static void names(CertificateDraft draft, Policy.Context context) throws PolicyException {
        boolean wanted = draft.profile().names() == Profile.NameRule.REQUIRED;
        require(
                wanted != draft.names().isEmpty(),
                "names",
                "a " + draft.profile().name() + " certificate has "
                        + (wanted ? "at least one host name; give --san DNS:host or --san IP:address" : "no host names")
                        + "; got " + draft.names());
    }

    static void forbiddenNames(CertificateDraft draft, Policy.Context context) throws PolicyException {
        for (var name : draft.names()) {
            require(
                    GatewayName.fromCommonName(name.value()).isEmpty()
                            && !Profile.SubjectRule.CLIENT_NAME.allows(name.value()),
                    "forbidden-names",
                    "a host name cannot be the name of a gateway or a client; got " + name
                            + ". Whoever goes by such names would be taken for somebody else.");
        }
    }

    static void keyKind(CertificateDraft draft, Policy.Context context) throws PolicyException {
        var kind = KeyKind.of(draft.key());
        require(
                kind.isPresent() && draft.profile().keys().contains(kind.get()),
                "key-kind",
                "the key of a " + draft.profile().name() + " certificate is one of "
                        + draft.profile().keys().stream()
                                .map(KeyKind::word)
                                .sorted()
                                .toList() + "; got another ("
                        + KeyStrength.words(draft.key()) + ")");
    }

    static void keyStrength(CertificateDraft draft, Policy.Context context) throws PolicyException {
        var weakness = KeyStrength.weaknessOf(draft.key());
        require(
                weakness.isEmpty(),
                "key-strength",
                "the key can be broken: " + weakness.orElse("") + ". Make a new key with a good random source.");
    }

    static void keyUnused(CertificateDraft draft, Policy.Context context) throws PolicyException {
        require(
                !context.store().knowsKey(KeyHash.of(draft.key())),
                "key-unused",
                "every certificate is for a key of its own; this key has one already. Make a new key.");
    }

    /** A broker that sees names only could take a certificate of one kind for one of another. */
    static void nameOwner(CertificateDraft draft, Policy.Context context) throws PolicyException {
        var other = context.store().findByCommonName(draft.commonName()).stream()
                .filter(held -> !held.profile().equals(draft.profile().name()) && held.isGood(context.now()))
                .findFirst();
        require(
                other.isEmpty(),
                "name-owner",
                "a name belongs to certificates of one profile; " + Quoted.of(draft.commonName())
                        + other.map(held -> " has a good " + held.profile() + " certificate (" + held.serial() + ")")
                                .orElse("")
                        + ". Choose another name, or revoke that one first.");
    }

    static void validity(CertificateDraft draft, Policy.Context context) throws PolicyException {
        var longest = draft.profile().valid().plus(BACKDATE);
        boolean holds = draft.notBefore().isBefore(draft.notAfter())
                && draft.notAfter().isAfter(context.now())
                && Duration.between(draft.notBefore(), draft.notAfter()).compareTo(longest) <= 0;
        require(
                holds,
                "validity",
                "a " + draft.profile().name() + " certificate is valid for at most "
                        + draft.profile().valid().toDays() + " days and ends in the future; asked were "
                        + draft.notBefore() + " to " + draft.notAfter());
    }
}
