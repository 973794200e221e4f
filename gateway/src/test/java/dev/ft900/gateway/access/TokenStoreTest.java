package dev.ft900.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.store.GatewayDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenStoreTest {
    @TempDir
    Path dir;

    private StateDatabase database;
    private TokenStore tokens;

    @BeforeEach
    void open() throws IOException {
        database = StateDatabase.open(new StateFolder(dir));
        GatewayDatabase.migrate(database);
        tokens = new TokenStore(database, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aTokenOpensWithItsRoleForEveryProcess() {
        var token = tokens.create("ci", Role.OPERATOR);

        assertThat(tokens.verify(token)).hasValueSatisfying(TokenStoreTest::isOperator);
        assertThat(tokens.verify(token)).hasValueSatisfying(TokenStoreTest::isOperator);
        assertThat(new TokenStore(database, Clock.systemUTC()).verify(token)).isPresent();
    }

    @Test
    void aRevokedTokenOpensNothingThoughTheClockWasSetBack() {
        var now = new AtomicReference<>(Instant.parse("2026-11-23T07:00:00Z"));
        var store = new TokenStore(database, ((InstantSource) now::get).withZone(ZoneOffset.UTC));
        var token = store.create("ci", Role.ADMIN, Scope.ALL, Optional.empty());
        assertThat(store.verify(token.secret())).isPresent();

        // Another process revokes it: this one only remembers that it was good.
        tokens.revoke(token.token().id());
        now.set(now.get().minus(Duration.ofHours(1)));

        assertThat(store.verify(token.secret())).isEmpty();
    }

    @Test
    void onlyWhoWasVerifiedLessThanASecondAgoIsRemembered() {
        var now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
        var store = new TokenStore(database, ((InstantSource) now::get).withZone(ZoneOffset.UTC));
        var made = store.create("remembered", Role.OPERATOR, Scope.ALL, Optional.empty());
        assertThat(store.remembered(made.secret())).isEmpty();

        assertThat(store.verify(made.secret())).isPresent();
        now.set(now.get().plusMillis(999));
        assertThat(store.remembered(made.secret())).isEqualTo(store.verify(made.secret()));
        now.set(now.get().plusMillis(1));
        assertThat(store.remembered(made.secret())).isEmpty();

        assertThat(store.verify(made.secret())).isPresent();
        store.revoke(made.token().id());
        assertThat(store.remembered(made.secret())).isEmpty();
        assertThat(store.remembered("x".repeat(100_000))).isEmpty();
    }

    @Test
    void nothingElseOpens() {
        var token = tokens.create("ci", Role.ADMIN);

        assertThat(tokens.verify("")).isEmpty();
        assertThat(tokens.verify(token + "x")).isEmpty();
        assertThat(tokens.verify(token.substring(1))).isEmpty();
        assertThat(tokens.verify(tokens.create("other", Role.ADMIN).substring(0, 20)))
                .isEmpty();
        assertThat(tokens.verify("x".repeat(100_000))).isEmpty();
    }

    @Test
    void tokensAreLongRandomAndNotInTheDatabase() throws IOException {
        var token = tokens.create("ci", Role.ADMIN);
        assertThat(token).matches("ft900_[A-Za-z0-9_-]{43}").isNotEqualTo(tokens.create("ci", Role.ADMIN));
        database.close();

        try (var files = Files.list(dir)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("ft900.db")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .doesNotContain(token.substring("ft900_".length())));
        }
    }

    @Test
    void rolesIncludeThoseBelow() {
        assertThat(Role.ADMIN.includes(Role.OPERATOR)).isTrue();
        assertThat(Role.OPERATOR.includes(Role.OPERATOR)).isTrue();
        assertThat(Role.VIEWER.includes(Role.OPERATOR)).isFalse();
    }

    private static void isOperator(Caller caller) {
        assertThat(caller.name()).isEqualTo("ci");
        assertThat(caller.role()).isEqualTo(Role.OPERATOR);
    }

    @Test
    void aCallerIsKnownByItsTokensIdToo() {
        var one = tokens.create("ci", Role.OPERATOR, Scope.ALL, Optional.empty());
        var other = tokens.create("ci", Role.OPERATOR, Scope.ALL, Optional.empty());

        assertThat(tokens.verify(one.secret()).flatMap(Caller::token))
                .contains(one.token().id());
        assertThat(tokens.verify(other.secret()).flatMap(Caller::token))
                .contains(other.token().id())
                .isNotEqualTo(Optional.of(one.token().id()));
    }

    @Test
    void whatCanBeNoTokenCostsNoQuery() {
        database.close();

        assertThat(tokens.verify("ft900_" + "a".repeat(42))).isEmpty();
        assertThat(tokens.verify("other_" + "a".repeat(43))).isEmpty();
        assertThat(tokens.verify("ft900_" + "a".repeat(44))).isEmpty();
    }
}
