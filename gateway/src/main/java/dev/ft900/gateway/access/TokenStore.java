package dev.ft900.gateway.access;

import dev.ft900.ca.store.StateDatabase;
import dev.ft900.protocol.provisioning.Digest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tokens of 256 random bits, of which only the hash is kept: what is in the database opens nothing. Good tokens are remembered for a
 * second, so that a busy caller costs no query each time. Safe for use by several threads and processes.
 */
public final class TokenStore {
    private static final int TOKEN_BYTES = 32;
    private static final String PREFIX = "ft900_";
    private static final int LONGEST = 200;
    private static final int REMEMBERED = 1_000;
    private static final Duration MEMORY = Duration.ofSeconds(1);

    private final StateDatabase database;
    private final Clock clock;
    private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

    private record Remembered(Caller caller, Instant until) {}

    /** @param database with the gateway's tables */
    public TokenStore(StateDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Makes a token. It is shown this once and never again. */
    public String create(String name, Role role) {
        var random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        var token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        database.jdbi().useHandle(handle -> handle.createUpdate(
                        "insert into token (hash, name, role, created_at) values (:hash, :name, :role, :now)")
                .bind("hash", hash(token))
                .bind("name", name)
                .bind("role", role.word())
                .bind("now", clock.millis())
                .execute());
        return token;
    }

    /** Whose token this is; empty when it is nobody's. */
    public Optional<Caller> verify(String token) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        var hash = hash(token);
        var now = clock.instant();
        var known = remembered.get(hash);
        if (known != null && known.until().isAfter(now)) {
            return Optional.of(known.caller());
        }
        var caller = find(hash);
        if (caller.isPresent()) {
            if (remembered.size() >= REMEMBERED) {
                remembered.clear();
            }
            remembered.put(hash, new Remembered(caller.get(), now.plus(MEMORY)));
        }
        return caller;
    }

    private Optional<Caller> find(String hash) {
        return database.jdbi().withHandle(handle -> handle.createQuery(
                        "select name, role from token where hash = :hash")
                .bind("hash", hash)
                .map((rs, context) -> new Caller(
                        rs.getString("name"), Role.from(rs.getString("role")).orElse(Role.VIEWER)))
                .findOne());
    }

    private static String hash(String token) {
        return Digest.of(token.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
