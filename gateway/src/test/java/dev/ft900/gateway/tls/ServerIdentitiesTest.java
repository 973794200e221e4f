package dev.ft900.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.ca.authority.Authority;
import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.authority.SubjectName;
import dev.ft900.ca.store.CertificateStore;
import dev.ft900.ca.store.RevocationReason;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.ca.store.StoredCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerIdentitiesTest {
    private static final List<SubjectName> LOCALHOST =
            List.of(SubjectName.ofHost("localhost").orElseThrow());
    private static final List<SubjectName> TWO = List.of(
            SubjectName.ofHost("localhost").orElseThrow(),
            SubjectName.ofHost("192.168.1.2").orElseThrow());

    @TempDir
    Path dir;

    private StateFolder state;
    private StateDatabase database;
    private Authority authority;

    @BeforeEach
    void open() throws IOException {
        state = new StateFolder(dir);
        database = StateDatabase.open(state);
        authority = new AuthorityFolder(state, database, Clock.systemUTC()).openOrCreate();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private TlsIdentity get(Clock clock, List<SubjectName> hosts) throws Exception {
        return new ServerIdentities(state, database, authority, clock).get("broker", "broker", "localhost", hosts);
    }

    private TlsIdentity get(List<SubjectName> hosts) throws Exception {
        return get(Clock.systemUTC(), hosts);
    }

    @Test
    void anIdentityIsMadeOnceAndKept() throws Exception {
        var first = get(LOCALHOST);

        assertThat(get(LOCALHOST)).isEqualTo(first);
        assertThat(first.toString()).doesNotContain("Private");
        var file = state.server("broker").resolve("identity.pem");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void moreNamesNeedANewOneAndFewerDoNot() throws Exception {
        var first = get(LOCALHOST);
        var second = get(TWO);

        assertThat(second.certificate()).isNotEqualTo(first.certificate());
        assertThat(get(LOCALHOST).certificate()).isEqualTo(second.certificate());
    }

    @Test
    void oneThatNearsItsEndIsReplaced() throws Exception {
        var first = get(LOCALHOST);
        var end = first.certificate().getNotAfter().toInstant();

        assertThat(get(at(end.minus(Duration.ofDays(31))), LOCALHOST).certificate())
                .isEqualTo(first.certificate());
        assertThat(get(at(end.minus(Duration.ofDays(29))), LOCALHOST).certificate())
                .isNotEqualTo(first.certificate());
    }

    private static Clock at(Instant instant) {
        return Clock.fixed(instant, ZoneOffset.UTC);
    }

    @Test
    void aRevokedOneIsReplaced() throws Exception {
        var first = get(LOCALHOST);
        var serial = StoredCertificate.serial(first.certificate().getSerialNumber());
        database.jdbi().useTransaction(handle -> new CertificateStore(handle)
                .revoke(serial, RevocationReason.KEY_COMPROMISE, Instant.now()));

        assertThat(get(LOCALHOST).certificate()).isNotEqualTo(first.certificate());
    }

    @Test
    void aFileThatCannotBeReadIsReplaced() throws Exception {
        var first = get(LOCALHOST);
        Files.writeString(state.server("broker").resolve("identity.pem"), "half a file");

        assertThat(get(LOCALHOST).certificate()).isNotEqualTo(first.certificate());
    }
}
