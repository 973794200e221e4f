package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.Profiles;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.ca.store.SharedDatabase;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.access.TokenStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL server with TLS, and whom we take for it. */
@Tag("scale-suite")
class DatabaseTlsIT {
    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir
    private static Path folder;

    private static TestPostgres withTls;
    private static TestPostgres withoutTls;

    @TempDir
    private Path states;

    @BeforeAll
    static void start() throws Exception {
        var identity = OwnChain.issue(folder.resolve("authority"), Profiles.GATEWAY, "gw.db");
        var chain = Files.writeString(folder.resolve("db.chain.pem"), Pem.certificates(identity.chain()));
        var key = folder.resolve("db.key.pem");
        StateFolder.writeSecret(key, Pem.privateKey(identity.key()).getBytes(StandardCharsets.US_ASCII));
        Files.writeString(folder.resolve("root.pem"), Pem.certificates(identity.anchors()));
        var stranger = OwnChain.issue(folder.resolve("stranger"), Profiles.GATEWAY, "gw.db");
        Files.writeString(folder.resolve("stranger.pem"), Pem.certificates(stranger.anchors()));
        withTls = TestPostgres.start(
                folder.resolve("tls"),
                Map.of("ssl", "on", "ssl_cert_file", chain.toString(), "ssl_key_file", key.toString()));
        withoutTls = TestPostgres.start(folder.resolve("plain"));
    }

    @AfterAll
    static void stop() throws IOException {
        for (var server : new TestPostgres[] {withTls, withoutTls}) {
            if (server != null) {
                server.close();
            }
        }
    }

    @Test
    void theServerOfTheRightNameUnderTheRightRootIsUsedWithTls() throws Exception {
        try (var database = open(verified(withTls, "good", "localhost", "root.pem"))) {
            var version = database.jdbi().withHandle(handle -> handle.createQuery(
                            "select version from pg_stat_ssl where pid = pg_backend_pid() and ssl")
                    .mapTo(String.class)
                    .list());

            assertThat(version).containsExactly("TLSv1.3");
        }
    }

    @Test
    void whoeverElseAnswersIsRefusedWithTheReason() throws Exception {
        assertThat(refusal(verified(withTls, "stranger", "localhost", "stranger.pem")))
                .contains("must lead to an authority in the file that sslrootcert");
        assertThat(refusal(verified(withTls, "othername", "127.0.0.1", "root.pem")))
                .contains("one of the names in its certificate");
        assertThat(refusal(verified(withoutTls, "plain", "localhost", "root.pem")))
                .contains("ssl = on");
        assertThat(refusal(verified(withTls, "noroot", "localhost", "missing.pem")))
                .contains("Could not open SSL root certificate file " + folder.resolve("missing.pem"));
    }

    private ToolkitProcess ft900(String url, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.ft900.hil.cli.Ft900"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--state", states.resolve("own").toString()));
        return ToolkitProcess.start(
                states,
                command,
                Map.of(
                        "FT900_DATABASE_URL", url,
                        "FT900_DATABASE_USER", "postgres",
                        "FT900_DATABASE_PASSWORD", "postgres"));
    }

    @Test
    void aGatewayThatCannotBeSureOfItsDatabaseDoesNotStart() throws Exception {
        var other = verified(withTls, "othergateway", "127.0.0.1", "root.pem");
        try (var gateway = ft900(other.url(), "gateway", "run", "--https-port", "0", "--mqtt-port", "0")) {
            assertThat(gateway.exitCode(LONG)).isEqualTo(ExitCode.ENVIRONMENT);
            assertThat(gateway.errors()).contains("one of the names in its certificate");
        }
        try (var gateway = ft900("jdbc:postgresql://db.example/ft900?sslmode=require", "gateway", "run")) {
            assertThat(gateway.exitCode(LONG)).isEqualTo(ExitCode.ENVIRONMENT);
            assertThat(gateway.errors()).contains("expected sslmode=verify-full for PostgreSQL at db.example");
        }
    }

    @Test
    void smallCommandsWorkWhereTheEnvironmentSaysAndAfterwardsWithoutIt() throws Exception {
        var where = verified(withTls, "small", "localhost", "root.pem");
        try (var init = ft900(where.url(), "ca", "init")) {
            assertThat(init.exitCode(LONG)).as(init.errors()).isZero();
        }
        var state = new StateFolder(states.resolve("own"));
        assertThat(state.database()).doesNotExist();
        try (var token = ToolkitProcess.ft900(
                states, "token", "create", "ci", "--state", state.path().toString())) {
            assertThat(token.exitCode(LONG)).as(token.errors()).isZero();
        }
        try (var database = StateDatabase.openBriefly(state)) {
            assertThat(database.isShared()).isTrue();
            assertThat(new TokenStore(database, Clock.systemUTC()).list()).hasSize(1);
        }
    }

    private static SharedDatabase verified(TestPostgres server, String name, String host, String root)
            throws Exception {
        var made = server.database(name);
        return new SharedDatabase(
                made.url().replace("localhost", host) + "?sslmode=verify-full&sslrootcert=" + folder.resolve(root),
                made.user(),
                made.password());
    }

    private StateDatabase open(SharedDatabase where) throws IOException {
        var state = new StateFolder(states.resolve("state"));
        where.save(state);
        return StateDatabase.open(state);
    }

    private String refusal(SharedDatabase where) {
        var message = new StringBuilder();
        assertThatThrownBy(() -> open(where).close())
                .isInstanceOfSatisfying(IOException.class, e -> message.append(e.getMessage()));
        assertThat(message.toString())
                .startsWith("expected a database of this toolkit in jdbc:postgresql://")
                .doesNotContain("Exception");
        return message.toString();
    }
}
