package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ft900.ca.authority.Pem;
import dev.ft900.gateway.app.GatewaySettings.FirstConnect;
import dev.ft900.gateway.tls.TlsIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Boards that nobody registered and that register themselves by connecting, where that is allowed. */
class FirstConnectIT {
    @TempDir
    private static Path folder;

    private static OwnChain chain;

    @BeforeAll
    static void start() throws Exception {
        var made = OwnChain.issue(folder.resolve("maker"), "board", "first");
        // A manufacturer's authority: the one that signs boards, and its root.
        var maker = Files.writeString(
                folder.resolve("maker.pem"),
                Pem.certificates(List.of(made.chain().get(1), made.anchors().get(0))));
        chain = OwnChain.start(
                folder.resolve("state"), usual -> usual.withFirstConnect(new FirstConnect(true, Optional.of(maker))));
    }

    @AfterAll
    static void stop() {
        if (chain != null) {
            chain.close();
        }
    }

    private static void connect(String id, TlsIdentity identity) throws MqttException {
        var client = new MqttClient(chain.gateway().endpoints().broker().uri(), id, new MemoryPersistence());
        client.setTimeToWait(10_000);
        try {
            client.connect(
                    TestClients.options(new TlsIdentity(identity.key(), identity.chain(), List.of(chain.root()))));
        } finally {
            TestClients.end(client);
        }
    }

    private static void assertRegisters(String id, TlsIdentity identity) throws Exception {
        connect(id, identity);

        assertThat(chain.rest().get("/api/v1/devices/" + id).status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(
                        chain.rest().get("/api/v1/audit").body().path("entries"))
                .anySatisfy(entry -> {
                    assertThat(entry.path("caller").asText()).isEqualTo("first-connect");
                    assertThat(entry.path("path").asText()).isEqualTo("/api/v1/devices/" + id);
                }));
        connect(id, identity);
        assertThat(chain.rest().delete("/api/v1/devices/" + id).status()).isEqualTo(204);
        assertThatThrownBy(() -> connect(id, identity)).isInstanceOf(MqttException.class);
        assertThat(chain.rest().get("/api/v1/devices/" + id).status()).isEqualTo(404);
    }

    @Test
    void aBoardThatWeCertifiedRegistersItselfWhenItConnectsAndStaysOutWhenItWasRemoved() throws Exception {
        assertRegisters("new-ours", OwnChain.issue(folder.resolve("state"), "board", "new-ours"));
    }

    @Test
    void aBoardOfATrustedManufacturerRegistersItselfWhenItConnects() throws Exception {
        assertRegisters("new-made", OwnChain.issue(folder.resolve("maker"), "board", "new-made"));
    }

    @Test
    void aManufacturersCertificateForARegisteredIdIsWorthNothing() throws Exception {
        var other = OwnChain.issue(folder.resolve("maker"), "board", "board1");
        var stranger = OwnChain.issue(folder.resolve("stranger"), "board", "new-stranger");
        var gateway = OwnChain.issue(folder.resolve("maker"), "gateway", "gw.main");

        assertThatThrownBy(() -> connect("board1", other)).isInstanceOf(MqttException.class);
        assertThatThrownBy(() -> connect("new-stranger", stranger)).isInstanceOf(MqttException.class);
        assertThatThrownBy(() -> connect("gw.main", gateway)).isInstanceOf(MqttException.class);
        assertThat(chain.rest().get("/api/v1/devices/new-stranger").status()).isEqualTo(404);
    }

    @Test
    void oneCertificateIsRevokedAndItsBoardStaysRegistered() throws Exception {
        var identity = OwnChain.issue(folder.resolve("state"), "board", "revoked-one");
        connect("revoked-one", identity);
        var device = "/api/v1/devices/revoked-one";
        var serial = identity.certificate().getSerialNumber().toString(16);
        assertThat(chain.rest().post(device + "/certificates/77/revoke", "").problem())
                .isEqualTo("unknown-certificate");
        assertThat(chain.rest()
                        .post(device + "/certificates/" + serial + "/revoke", "{\"reason\":\"why\"}")
                        .problem())
                .isEqualTo("bad-value");

        var revoked =
                chain.rest().post(device + "/certificates/" + serial + "/revoke", "{\"reason\":\"key-compromise\"}");

        assertThat(revoked.status()).as(revoked.body().toString()).isEqualTo(200);
        assertThat(revoked.body().path("reason").asText()).isEqualTo("key-compromise");
        assertThat(chain.rest().get(device).body().path("certificates").get(0).has("revoked"))
                .isTrue();
        assertThatThrownBy(() -> connect("revoked-one", identity)).isInstanceOf(MqttException.class);
    }
}
