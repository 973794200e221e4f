package dev.ft900.ca.cli.authority;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.inspect.CertificateFacts;
import dev.ft900.ca.store.StoredCertificate;
import java.security.cert.X509Certificate;
import java.time.Instant;

/** Certificates in words for people and in JSON for machines. */
final class CertificateWords {
    private CertificateWords() {}

    /** The common name, or the whole subject when it holds more. */
    static String commonName(X509Certificate certificate) {
        var subject = certificate.getSubjectX500Principal().getName();
        return subject.startsWith("CN=") && !subject.contains(",") ? subject.substring("CN=".length()) : subject;
    }

    /** One of good, revoked, expired, not-yet-valid. */
    static String status(StoredCertificate certificate, Instant now) {
        if (certificate.isRevoked()) {
            return "revoked";
        }
        if (now.isAfter(certificate.notAfter())) {
            return "expired";
        }
        return now.isBefore(certificate.notBefore()) ? "not-yet-valid" : "good";
    }

    static ObjectNode json(StoredCertificate certificate, Instant now) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("serial", certificate.serial())
                .put("profile", certificate.profile())
                .put("commonName", certificate.commonName())
                .put("status", status(certificate, now))
                .put("issuedAt", certificate.issuedAt().toString())
                .put("notBefore", certificate.notBefore().toString())
                .put("notAfter", certificate.notAfter().toString())
                .put("issuer", certificate.issuer());
        certificate.revocation().ifPresent(revocation -> json.putObject("revocation")
                .put("at", revocation.at().toString())
                .put("reason", revocation.reason().word()));
        return json;
    }

    static ObjectNode json(X509Certificate certificate) {
        var facts = new CertificateFacts(certificate);
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("type", "certificate")
                .put("subject", facts.subject())
                .put("issuer", facts.issuer())
                .put("serial", facts.serial())
                .put("notBefore", certificate.getNotBefore().toInstant().toString())
                .put("notAfter", certificate.getNotAfter().toInstant().toString())
                .put("key", keyWord(facts))
                .put("signature", certificate.getSigAlgName())
                .put("authority", facts.isAuthority())
                .put("sha256", facts.sha256())
                .put("bytes", facts.bytes());
        var usage = json.putArray("usage");
        facts.usage().forEach(usage::add);
        var names = json.putArray("names");
        facts.names().forEach(names::add);
        return json;
    }

    private static String keyWord(CertificateFacts facts) {
        return KeyKind.of(facts.key()).map(KeyKind::word).orElseGet(facts::keyWords);
    }

    /** Several lines. */
    static String text(X509Certificate certificate) {
        var facts = new CertificateFacts(certificate);
        var lines = new StringBuilder();
        line(lines, "subject", facts.subject());
        line(lines, "issuer", facts.issuer());
        line(lines, "serial", facts.serial());
        line(
                lines,
                "valid",
                certificate.getNotBefore().toInstant() + " to "
                        + certificate.getNotAfter().toInstant());
        line(lines, "key", keyWord(facts) + ", signed " + certificate.getSigAlgName());
        line(lines, "use", facts.isAuthority() ? "authority" : String.join(", ", facts.usage()));
        if (!facts.names().isEmpty()) {
            line(lines, "names", String.join(", ", facts.names()));
        }
        line(lines, "SHA-256", facts.sha256() + ", " + facts.bytes() + " bytes");
        return lines.toString().stripTrailing();
    }

    static void line(StringBuilder lines, String name, String value) {
        lines.append(String.format("  %-9s %s%n", name, value));
    }
}
