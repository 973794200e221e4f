package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.RevocationReason;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StoredCertificate;
import dev.ft900.gateway.broker.BrokerKind;
import dev.ft900.gateway.tls.TlsIdentity;
import dev.ft900.hil.SharedChain.Bench;
import dev.ft900.protocol.name.BoardId;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in at the broker, and who is thrown out. */
@ExtendWith(SharedChain.class)
class AdmissionIT {
    private static final Duration CUT = Duration.ofSeconds(2);

    private Bench bench;

    @BeforeEach
    void take(Bench shared) {
        bench = shared;
    }

    private void assertStaysOut(String id, TlsIdentity identity) throws MqttException {
        var client = TestClients.client(bench, id);
        try {
            assertThatThrownBy(() -> client.connect(TestClients.options(identity)))
                    .isInstanceOf(MqttException.class);
            assertThat(client.isConnected()).isFalse();
        } finally {
            TestClients.end(client);
        }
    }

    /** A revoked certificate is refused two seconds after its revocation at the latest; the embedded broker does so at once. */
    private void assertIsSoonOut(String id, TlsIdentity identity) throws MqttException {
        if (TestBroker.kind() != BrokerKind.EMBEDDED) {
            await().atMost(CUT).pollInterval(Duration.ofMillis(50)).until(() -> isRefused(id, identity));
        }
        assertStaysOut(id, identity);
    }

    private boolean isRefused(String id, TlsIdentity identity) throws MqttException {
        var client = TestClients.client(bench, id);
        try {
            client.connect(TestClients.options(identity));
            return false;
        } catch (MqttException e) {
            return true;
        } finally {
            TestClients.end(client);
        }
    }

    private static String serial(TlsIdentity identity) {
        return StoredCertificate.serial(identity.certificate().getSerialNumber());
    }

    @Test
    void aRegisteredBoardGetsIn() throws Exception {
        var client = TestClients.connected(bench, "adm-good", TestClients.registered(bench, "adm-good"));
        assertThat(client.isConnected()).isTrue();
        TestClients.end(client);
    }

    @Test
    void aCertificateOfAForeignAuthorityStaysOut(@TempDir Path elsewhere) throws Exception {
        TestClients.registered(bench, "adm-foreign");

        assertStaysOut("adm-foreign", TestClients.foreign(bench, "adm-foreign", elsewhere));
    }

    @Test
    void anExpiredCertificateStaysOut() throws Exception {
        TestClients.registered(bench, "adm-expired");

        assertStaysOut("adm-expired", TestClients.expired(bench, "adm-expired"));
    }

    @Test
    void aRevokedCertificateStaysOut() throws Exception {
        var identity = TestClients.registered(bench, "adm-revoked");
        bench.chain().gateway().enrolment().revoke(serial(identity), RevocationReason.KEY_COMPROMISE);

        assertIsSoonOut("adm-revoked", identity);
    }

    @Test
    void nobodyGetsInWithoutACertificate() throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustEverybody()}, null);
        var options = new MqttConnectOptions();
        options.setSocketFactory(context.getSocketFactory());
        options.setHttpsHostnameVerificationEnabled(false);
        var client = TestClients.client(bench, "board1");

        assertThatThrownBy(() -> client.connect(options)).isInstanceOf(MqttException.class);

        TestClients.end(client);
    }

    @Test
    void aCertificateThatIsNotInTheRegisterStaysOut() throws Exception {
        var identity = TestClients.registered(bench, "adm-removed");
        bench.chain().gateway().enrolment().remove(new BoardId("adm-removed"));

        assertIsSoonOut("adm-removed", identity);
    }

    @Test
    void aBoardThatIsDeletedIsCutOffWithinTwoSecondsAndStaysOut() throws Exception {
        var identity = TestClients.registered(bench, "adm-deleted");
        var client = TestClients.connected(bench, "adm-deleted", identity);

        long start = System.nanoTime();
        assertThat(bench.rest().delete("/api/v1/devices/adm-deleted").status()).isEqualTo(204);

        assertCut("deleted", client, start);
        assertThat(bench.rest().get("/api/v1/devices/adm-deleted").status()).isEqualTo(404);
        assertStaysOut("adm-deleted", identity);
    }

    /** As a board does that lost its power: its old connection still stands at the broker when it comes again. */
    @Test
    void aBoardThatTookItsOwnSessionOverIsCutOffWithinTwoSeconds() throws Exception {
        var identity = TestClients.registered(bench, "adm-takeover");
        var before = TestClients.connected(bench, "adm-takeover", identity);
        var after = TestClients.connected(bench, "adm-takeover", identity);
        await().until(() -> !before.isConnected());
        TestClients.end(before);

        long start = System.nanoTime();
        bench.chain().gateway().enrolment().revoke(serial(identity), RevocationReason.KEY_COMPROMISE);

        assertCut("after a takeover", after, start);
        assertStaysOut("adm-takeover", identity);
    }

    /** The embedded broker reports the end of its connection under the name that it gave. */
    @Test
    void aClientThatWasRefusedUnderABoardsNameDoesNotHideTheBoardsSession() throws Exception {
        var identity = TestClients.registered(bench, "adm-named");
        var client = TestClients.connected(bench, "adm-named", identity);
        // Mosquitto lets it in, under its certificate's name.
        assertThat(isRefused("adm-named", TestClients.registered(bench, "adm-namer")))
                .isEqualTo(TestBroker.kind() != BrokerKind.MOSQUITTO);

        long start = System.nanoTime();
        bench.chain().gateway().enrolment().revoke(serial(identity), RevocationReason.KEY_COMPROMISE);

        assertCut("after another was refused", client, start);
    }

    @Test
    void aCertificateThatAnotherProcessRevokesIsCutOffWithinTwoSeconds() throws Exception {
        var identity = TestClients.registered(bench, "adm-elsewhere");
        var client = TestClients.connected(bench, "adm-elsewhere", identity);

        long start = System.nanoTime();
        try (var database = StateDatabase.open(bench.state())) {
            var authority = new AuthorityFolder(bench.state(), database, Clock.systemUTC())
                    .open()
                    .orElseThrow();
            new Enrolment(database, authority, Clock.systemUTC())
                    .revoke(serial(identity), RevocationReason.KEY_COMPROMISE);
        }

        assertCut("revoked by another process", client, start);
        assertStaysOut("adm-elsewhere", identity);
    }

    /** RabbitMQ asks by the name alone, and the board's other certificate is good: only its lists and the end of the session keep the thief out. */
    @Test
    void aRevokedCertificateIsOutThoughItsBoardHasAnotherGoodOne() throws Exception {
        var id = "adm-two";
        var stolen = TestClients.registered(bench, id);
        var good = TestClients.renewed(bench, id);
        var thief = TestClients.connected(bench, id, stolen);

        long start = System.nanoTime();
        bench.chain().gateway().enrolment().revoke(serial(stolen), RevocationReason.KEY_COMPROMISE);

        assertCut("with another good certificate", thief, start);
        assertStaysOut(id, stolen);
        var board = TestClients.connected(bench, id, good);
        assertThat(board.isConnected()).isTrue();
        TestClients.end(board);
    }

    private static void assertCut(String how, MqttClient client, long since) {
        await().atMost(CUT).pollInterval(Duration.ofMillis(5)).until(() -> !client.isConnected());
        var took = Duration.ofNanos(System.nanoTime() - since);
        TestBroker.say("revocation, %s: cut after %d ms", how, took.toMillis());
        assertThat(took).isLessThan(CUT);
        TestClients.end(client);
    }

    @Test
    void aResumedTlsSessionDoesNotBringARevokedCertificateBack() throws Exception {
        var identity = TestClients.registered(bench, "adm-resumed");
        // One context for all connections, so that the client offers the session of the first.
        var options = TestClients.options(identity);
        for (int i = 0; i < 2; i++) {
            var client = TestClients.client(bench, "adm-resumed");
            client.connect(options);
            client.disconnect();
            TestClients.end(client);
        }
        bench.chain().gateway().enrolment().revoke(serial(identity), RevocationReason.KEY_COMPROMISE);
        assertIsSoonOut("adm-resumed", identity);

        var again = TestClients.client(bench, "adm-resumed");
        try {
            assertThatThrownBy(() -> again.connect(options)).isInstanceOf(MqttException.class);
            assertThat(again.isConnected()).isFalse();
        } finally {
            TestClients.end(again);
        }
    }

    @Test
    void theBoardsOwnConnectionIsUntouchedByAllThis() throws Exception {
        TestClients.requireOnline(bench, "board2");
        var before = bench.rest().get("/api/v1/devices/board2").body();

        for (var id : List.of("adm-x1", "adm-x2")) {
            TestClients.end(TestClients.connected(bench, id, TestClients.registered(bench, id)));
        }

        assertThat(bench.rest().get("/api/v1/devices/board2").body()).isEqualTo(before);
    }

    /** A client that does not care whom it talks to. */
    private static final class TrustEverybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
