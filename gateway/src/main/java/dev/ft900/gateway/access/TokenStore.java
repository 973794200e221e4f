package dev.ft900.gateway.access;

import dev.ft900.ca.store.StateDatabase;
import dev.ft900.protocol.provisioning.Digest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tokens of 256 random bits, of which only the hash is kept: what is in the database opens nothing. Good tokens are remembered for a
 * second, so that a busy caller costs no query each time; so a revoked one opens nothing after a second. Safe for use by several threads
 * and processes.
 */
public final class TokenStore {
    private static final int TOKEN_BYTES = 32;
    private static final int ID_DIGITS = 8;
    private static final String PREFIX = "ft900_";
    private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}");

    private final StateDatabase database;
    private final Clock clock;
    private final Memory<String, Caller> remembered = new Memory<>();

    /**
     * A token that was made.
     *
     * @param secret shown this once and never again
     */
    public record Created(StoredToken token, String secret) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "Created[" + token + "]";
        }
    }

    /** @param database with the gateway's tables */
    public TokenStore(StateDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Makes a token for all boards that does not end. @return its secret */
    public String create(String name, Role role) {
        return create(name, role, Scope.ALL, Optional.empty()).secret();
    }

    /** @param valid for how long; empty for ever */
    public Created create(String name, Role role, Scope scope, Optional<Duration> valid) {
        var random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        var secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        var hash = hash(secret);
        var now = Instant.ofEpochMilli(clock.millis());
        var token = new StoredToken(
                hash.substring(0, ID_DIGITS), name, role, scope, now, valid.map(now::plus), Optional.empty());
        database.jdbi().useHandle(handle -> handle.createUpdate(
                        "insert into token (hash, id, name, role, scope, created_at, expires_at)"
                                + " values (:hash, :id, :name, :role, :scope, :now, :expires)")
                .bind("hash", hash)
                .bind("id", token.id())
                .bind("name", name)
                .bind("role", role.word())
                .bind("scope", scope.stored().orElse(null))
                .bind("now", now.toEpochMilli())
                .bind("expires", token.expires().map(Instant::toEpochMilli).orElse(null))
                .execute());
        return new Created(token, secret);
    }

    /** All tokens, newest first, revoked and ended ones too. */
    public List<StoredToken> list() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("select * from token order by created_at desc, id")
                        .map((rs, context) -> token(rs))
                        .list());
    }

    /** @return false when there is no such token, or it was revoked before */
    public boolean revoke(String id) {
        remembered.clear();
        return database.jdbi().withHandle(handle -> handle.createUpdate(
                                "update token set revoked_at = :now where id = :id and revoked_at is null")
                        .bind("now", clock.millis())
                        .bind("id", id)
                        .execute())
                == 1;
    }

    /** Whose token this is; empty when it is nobody's, or ended, or was revoked. */
    public Optional<Caller> verify(String secret) {
        if (!FORM.matcher(secret).matches()) {
            // Costs no query.
            return Optional.empty();
        }
        var hash = hash(secret);
        var now = clock.instant();
        return remembered.get(hash, now).or(() -> {
            var found = find(hash)
                    .filter(token -> token.revoked().isEmpty()
                            && token.expires().filter(end -> !end.isAfter(now)).isEmpty());
            var caller =
                    found.map(token -> new Caller(token.name(), token.role(), token.scope(), Optional.of(token.id())));
            caller.ifPresent(good -> remembered.put(hash, good, now, found.get().expires()));
            return caller;
        });
    }

    /** Whose token this is, if that was found out less than a second ago. Waits for nothing. */
    public Optional<Caller> remembered(String secret) {
        return FORM.matcher(secret).matches() ? remembered.get(hash(secret), clock.instant()) : Optional.empty();
    }

    private Optional<StoredToken> find(String hash) {
        return database.jdbi().withHandle(handle -> handle.createQuery("select * from token where hash = :hash")
                .bind("hash", hash)
                .map((rs, context) -> token(rs))
                .findOne());
    }

    private static StoredToken token(ResultSet rs) throws SQLException {
        return new StoredToken(
                rs.getString("id"),
                rs.getString("name"),
                Role.from(rs.getString("role")).orElse(Role.VIEWER),
                Scope.from(Optional.ofNullable(rs.getString("scope"))),
                Instant.ofEpochMilli(rs.getLong("created_at")),
                moment(rs, "expires_at"),
                moment(rs, "revoked_at"));
    }

    private static Optional<Instant> moment(ResultSet rs, String column) throws SQLException {
        long millis = rs.getLong(column);
        return rs.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static String hash(String secret) {
        return Digest.of(secret.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
