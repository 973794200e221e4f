package dev.ft900.gateway.access;

import dev.ft900.ca.store.StateDatabase;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the holders of client certificates may do, by common name; who stands in no row may do nothing. Safe for use by several threads and
 * processes.
 */
public final class CertificateRoles {
    private final StateDatabase database;
    private final Clock clock;

    /** @param database with the gateway's tables */
    public CertificateRoles(StateDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Lets the holder of a certificate do what a role allows. */
    public void allow(Caller holder) {
        database.jdbi().useHandle(handle -> handle.createUpdate(
                        "insert into certificate_role (common_name, role, scope, created_at)"
                                + " values (:name, :role, :scope, :now) on conflict (common_name)"
                                + " do update set role = excluded.role, scope = excluded.scope")
                .bind("name", holder.name())
                .bind("role", holder.role().word())
                .bind("scope", holder.scope().stored().orElse(null))
                .bind("now", clock.millis())
                .execute());
    }

    /** @return false when it was allowed nothing */
    public boolean forbid(String commonName) {
        return database.jdbi().withHandle(handle -> handle.createUpdate(
                                "delete from certificate_role where common_name = :name")
                        .bind("name", commonName)
                        .execute())
                == 1;
    }

    /** All that are allowed something, by their names. */
    public List<Caller> list() {
        return database.jdbi().withHandle(handle -> handle
                .createQuery("select * from certificate_role")
                .map((rs, context) -> caller(rs.getString("common_name"), rs.getString("role"), rs.getString("scope")))
                .stream()
                // Not by the database, of which each kind has an order of its own.
                .sorted(Comparator.comparing(Caller::name))
                .toList());
    }

    /** Who the holder of a certificate is; empty when it is allowed nothing. */
    public Optional<Caller> find(String commonName) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("select * from certificate_role where common_name = :name")
                        .bind("name", commonName)
                        .map((rs, context) -> caller(commonName, rs.getString("role"), rs.getString("scope")))
                        .findOne());
    }

    private static Caller caller(String name, String role, String scope) {
        return new Caller(name, Role.from(role).orElse(Role.VIEWER), Scope.from(Optional.ofNullable(scope)));
    }
}
