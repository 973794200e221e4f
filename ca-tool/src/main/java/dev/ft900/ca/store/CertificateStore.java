package dev.ft900.ca.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Certificates and revocations, within a transaction that the caller holds. A certificate is never removed.
 */
public final class CertificateStore {
    private static final String SELECT = "select c.*, r.seq, r.revoked_at, r.reason from certificate c"
            + " left join revocation r on r.serial = c.serial ";

    private final Handle handle;

    public CertificateStore(Handle handle) {
        this.handle = handle;
    }

    /** Adds a certificate; it has no revocation yet. */
    public void add(StoredCertificate certificate) {
        handle.createUpdate("insert into certificate"
                        + " (serial, profile, common_name, key_hash, not_before, not_after, issued_at, der) values"
                        + " (:serial, :profile, :commonName, :keyHash, :notBefore, :notAfter, :issuedAt, :der)")
                .bind("serial", certificate.serial())
                .bind("profile", certificate.profile())
                .bind("commonName", certificate.commonName())
                .bind("keyHash", certificate.keyHash())
                .bind("notBefore", certificate.notBefore().toEpochMilli())
                .bind("notAfter", certificate.notAfter().toEpochMilli())
                .bind("issuedAt", certificate.issuedAt().toEpochMilli())
                .bind("der", Base64.getEncoder().encodeToString(certificate.der()))
                .execute();
    }

    public Optional<StoredCertificate> find(String serial) {
        return handle.createQuery(SELECT + "where c.serial = :serial")
                .bind("serial", serial)
                .map((rs, context) -> certificate(rs))
                .findOne();
    }

    /** All certificates with this common name and profile, newest first. */
    public List<StoredCertificate> findByCommonName(String profile, String commonName) {
        return handle.createQuery(SELECT + "where c.common_name = :name and c.profile = :profile"
                        + " order by c.issued_at desc, c.serial")
                .bind("name", commonName)
                .bind("profile", profile)
                .map((rs, context) -> certificate(rs))
                .list();
    }

    /** Whether some certificate was ever made for this key. */
    public boolean knowsKey(String keyHash) {
        return handle.createQuery("select count(*) from certificate where key_hash = :hash")
                        .bind("hash", keyHash)
                        .mapTo(long.class)
                        .one()
                > 0;
    }

    /** Revokes a certificate, if it is not revoked already. */
    public void revoke(String serial, RevocationReason reason, Instant now) {
        handle.createUpdate("insert into revocation (seq, serial, revoked_at, reason)"
                        + " select (select coalesce(max(seq), 0) + 1 from revocation), :serial, :now, :reason"
                        + " where not exists (select 1 from revocation where serial = :serial)")
                .bind("serial", serial)
                .bind("now", now.toEpochMilli())
                .bind("reason", reason.word())
                .execute();
    }

    /** What was revoked after a certain revocation, oldest first. */
    public List<Revocation> revokedAfter(long sequence) {
        return handle.createQuery("select * from revocation where seq > :seq order by seq")
                .bind("seq", sequence)
                .map((rs, context) -> revocation(rs, rs.getString("serial")))
                .list();
    }

    private static StoredCertificate certificate(ResultSet rs) throws SQLException {
        var serial = rs.getString("serial");
        return new StoredCertificate(
                serial,
                rs.getString("profile"),
                rs.getString("common_name"),
                rs.getString("key_hash"),
                Instant.ofEpochMilli(rs.getLong("not_before")),
                Instant.ofEpochMilli(rs.getLong("not_after")),
                Instant.ofEpochMilli(rs.getLong("issued_at")),
                Base64.getDecoder().decode(rs.getString("der")),
                rs.getString("reason") == null ? Optional.empty() : Optional.of(revocation(rs, serial)));
    }

    private static Revocation revocation(ResultSet rs, String serial) throws SQLException {
        return new Revocation(
                rs.getLong("seq"),
                serial,
                Instant.ofEpochMilli(rs.getLong("revoked_at")),
                RevocationReason.from(rs.getString("reason")).orElse(RevocationReason.UNSPECIFIED));
    }
}
