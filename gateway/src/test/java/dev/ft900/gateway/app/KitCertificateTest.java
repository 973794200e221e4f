package dev.ft900.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.RevocationReason;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.ca.store.StoredCertificate;
import dev.ft900.gateway.broker.BrokerKind;
import dev.ft900.gateway.broker.outside.KitPorts;
import dev.ft900.protocol.name.GatewayName;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker whose certificate ends takes every board and every gateway with it: somebody has to be told in time. */
class KitCertificateTest {
    @TempDir
    Path dir;

    private final List<String> warnings = new ArrayList<>();
    private final Clock clock = mock();
    private Path kit;
    private StateDatabase database;
    private KitCertificate watched;
    private X509Certificate certificate;

    @BeforeEach
    void writeTheKit() throws Exception {
        var state = new StateFolder(dir.resolve("state"));
        kit = dir.resolve("kit");
        new BrokerKit(
                        BrokerKind.MOSQUITTO,
                        kit,
                        InetAddress.getLoopbackAddress(),
                        "localhost",
                        8883,
                        List.of(new GatewayName("main")),
                        KitPorts.USUAL,
                        true,
                        "./ft900")
                .write(state);
        certificate = Pem.readCertificates(kit.resolve("tls/server.pem")).get(0);
        database = StateDatabase.open(state);
        watched = new KitCertificate(BrokerKind.MOSQUITTO, kit, database, clock, warnings::add);
        itIs(Instant.now());
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    private void itIs(Instant now) {
        when(clock.instant()).thenReturn(now);
        watched.look();
    }

    private Instant end() {
        return certificate.getNotAfter().toInstant();
    }

    @Test
    void nothingIsSaidUntilThirtyDaysBeforeItsEndAndThenOnceADayWithTheCommand() {
        var first = end().minus(Duration.ofDays(30)).plusSeconds(1);
        itIs(first.minusSeconds(2));
        assertThat(warnings).isEmpty();

        itIs(first);
        itIs(first.plus(Duration.ofHours(23)));
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("ends at " + end(), "./ft900 broker kit mosquitto --out " + kit);

        itIs(first.plus(Duration.ofHours(24)));
        assertThat(warnings).hasSize(2);
        itIs(end().plusSeconds(1));
        assertThat(warnings).hasSize(3).last().asString().contains("ended at " + end());
    }

    @Test
    void oneThatWasRevokedIsToldOf() throws Exception {
        var authority = new AuthorityFolder(new StateFolder(dir.resolve("state")), database, Clock.systemUTC())
                .open()
                .orElseThrow();
        new Enrolment(database, authority, Clock.systemUTC())
                .revoke(StoredCertificate.serial(certificate.getSerialNumber()), RevocationReason.KEY_COMPROMISE);
        itIs(Instant.now());

        assertThat(warnings).singleElement().asString().contains("was revoked", "broker kit mosquitto");
    }

    @Test
    void aFileThatIsGoneIsToldOf() throws Exception {
        Files.delete(kit.resolve("tls/server.pem"));
        itIs(Instant.now());

        assertThat(warnings).singleElement().asString().contains("expected the broker's certificate in " + kit);
    }
}
