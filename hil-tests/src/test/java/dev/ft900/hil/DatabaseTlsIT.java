package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.Profiles;
import dev.ft900.ca.store.SharedDatabase;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL server with TLS, and whom we take for it. */
@Tag("scale-suite")
class DatabaseTlsIT {
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
