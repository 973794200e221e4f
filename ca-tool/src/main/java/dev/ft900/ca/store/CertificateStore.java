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
    private static final String SELECT =
            "select c.*, r.seq as revocation_seq, r.revoked_at, r.reason from certificate c"
                    + " left join revocation r on r.serial = c.serial ";

    private final Handle handle;

    public CertificateStore(Handle handle) {
        this.handle = handle;
    }

    /** Adds a certificate; it has no revocation yet. */
    public void add(StoredCertificate certificate) {
        handle.createUpdate("insert into certificate"
                        + " (serial, profile, common_name, key_hash, issuer, not_before, not_after, issued_at, der, seq)"
                        + " values (:serial, :profile, :commonName, :keyHash, :issuer, :notBefore, :notAfter, :issuedAt,"
                        + " :der, (select coalesce(max(seq), 0) + 1 from certificate))")
                .bind("serial", certificate.serial())
                .bind("profile", certificate.profile())
                .bind("commonName", certificate.commonName())
                .bind("keyHash", certificate.keyHash())
                .bind("issuer", certificate.issuer())
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

    /** The certificates with the common name and the profile of one that were added before it, whatever the clock said then. */
    public List<StoredCertificate> findBefore(StoredCertificate one) {
        return handle.createQuery(SELECT + "where c.common_name = :name and c.profile = :profile"
                        + " and c.seq < (select seq from certificate where serial = :serial) order by c.seq")
                .bind("name", one.commonName())
                .bind("profile", one.profile())
                .bind("serial", one.serial())
                .map((rs, context) -> certificate(rs))
                .list();
    }

    /** All certificates with this common name, whatever their profile, newest first. */
    public List<StoredCertificate> findByCommonName(String commonName) {
        return handle.createQuery(SELECT + "where c.common_name = :name order by c.issued_at desc, c.serial")
                .bind("name", commonName)
                .map((rs, context) -> certificate(rs))
                .list();
    }

    /**
     * One page of the certificates, newest first. Takes as long with a hundred thousand certificates as with a hundred; of those that are
     * revoked or end soon, as long as there are such.
     *
     * @param limit 1 to {@link CertificatePage#MAX}
     */
    public CertificatePage page(CertificatePage.Filter filter, CertificatePage.Cursor after, int limit) {
        if (limit < 1 || limit > CertificatePage.MAX) {
            throw new IllegalArgumentException("a page holds 1 to " + CertificatePage.MAX + "; asked were " + limit);
        }
        boolean byEnd = filter.endsBefore().isPresent();
        // Few end soon: by their ends, then. An expression keeps the database from going through all in the order of
        // the page.
        var issuedAt = byEnd ? "+c.issued_at" : "c.issued_at";
        var where = new StringBuilder("where (" + issuedAt + ", c.serial) < (:issuedAt, :serial)");
        filter.profile()
                .ifPresent(profile ->
                        where.append(byEnd ? " and c.profile || '' = :profile" : " and c.profile = :profile"));
        filter.commonName().ifPresent(name -> where.append(" and c.common_name = :name"));
        filter.endsBefore().ifPresent(end -> where.append(" and c.not_after < :end"));
        filter.revoked().ifPresent(revoked -> where.append(revoked ? " and r.seq > 0" : " and r.seq is null"));
        var query = handle.createQuery(SELECT + where + " order by " + issuedAt + " desc, c.serial desc limit :limit")
                .bind("issuedAt", after.issuedAt().toEpochMilli())
                .bind("serial", after.serial())
                // One more than wanted tells whether the list goes on.
                .bind("limit", limit + 1);
        filter.profile().ifPresent(profile -> query.bind("profile", profile));
        filter.commonName().ifPresent(name -> query.bind("name", name));
        filter.endsBefore().ifPresent(end -> query.bind("end", end.toEpochMilli()));
        var found = query.map((rs, context) -> certificate(rs)).list();
        if (found.size() <= limit) {
            return new CertificatePage(found, Optional.empty());
        }
        var last = found.get(limit - 1);
        return new CertificatePage(
                found.subList(0, limit), Optional.of(new CertificatePage.Cursor(last.issuedAt(), last.serial())));
    }

    /** Whether some certificate was ever made for this key. */
    public boolean knowsKey(String keyHash) {
        return handle.createQuery("select 1 from certificate where key_hash = :hash limit 1")
                .bind("hash", keyHash)
                .mapTo(int.class)
                .findFirst()
                .isPresent();
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
                .map((rs, context) -> revocation(rs, rs.getString("serial"), "seq"))
                .list();
    }

    /** What one authority issued and somebody revoked, as far as it has not ended of itself, in the order of revoking. */
    public List<Revocation> revokedOf(String issuer, Instant now) {
        return handle.createQuery("select r.* from revocation r join certificate c on c.serial = r.serial"
                        + " where c.issuer = :issuer and c.not_after >= :now order by r.seq")
                .bind("issuer", issuer)
                .bind("now", now.toEpochMilli())
                .map((rs, context) -> revocation(rs, rs.getString("serial"), "seq"))
                .list();
    }

    /** The number for an authority's next revocation list (RFC 5280, section 5.2.3): always higher than the last. */
    public long nextListNumber(String issuer) {
        handle.createUpdate("insert into revocation_list (issuer, number) values (:issuer, 1)"
                        + " on conflict (issuer) do update set number = revocation_list.number + 1")
                .bind("issuer", issuer)
                .execute();
        return handle.createQuery("select number from revocation_list where issuer = :issuer")
                .bind("issuer", issuer)
                .mapTo(long.class)
                .one();
    }

    private static StoredCertificate certificate(ResultSet rs) throws SQLException {
        var serial = rs.getString("serial");
        return new StoredCertificate(
                serial,
                rs.getString("profile"),
                rs.getString("common_name"),
                rs.getString("key_hash"),
                rs.getString("issuer"),
                Instant.ofEpochMilli(rs.getLong("not_before")),
                Instant.ofEpochMilli(rs.getLong("not_after")),
                Instant.ofEpochMilli(rs.getLong("issued_at")),
                Base64.getDecoder().decode(rs.getString("der")),
                rs.getString("reason") == null
                        ? Optional.empty()
                        : Optional.of(revocation(rs, serial, "revocation_seq")));
    }

    private static Revocation revocation(ResultSet rs, String serial, String sequence) throws SQLException {
        return new Revocation(
                rs.getLong(sequence),
                serial,
                Instant.ofEpochMilli(rs.getLong("revoked_at")),
                RevocationReason.from(rs.getString("reason")).orElse(RevocationReason.UNSPECIFIED));
    }
}
