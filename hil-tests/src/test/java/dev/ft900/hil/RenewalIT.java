package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ft900.agent.app.BoardFolder;
import dev.ft900.agent.app.RunningBoard;
import dev.ft900.agent.mqtt.BoardThreads;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.flash.Certifier;
import dev.ft900.ca.flash.LocalCertifier;
import dev.ft900.ca.flash.Provisioner;
import dev.ft900.ca.flash.Provisioner.Wishes;
import dev.ft900.ca.flash.Station;
import dev.ft900.ca.link.PortSettings;
import dev.ft900.ca.link.SerialLink;
import dev.ft900.ca.link.SerialPorts;
import dev.ft900.ca.store.RevocationReason;
import dev.ft900.ca.store.StoredCertificate;
import dev.ft900.hil.SharedChain.Bench;
import dev.ft900.hil.rest.RestClient.Answer;
import dev.ft900.protocol.exchange.Ticker;
import dev.ft900.protocol.install.ProvisioningListener;
import dev.ft900.protocol.name.BoardId;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.OptionalInt;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** New keys and certificates for boards that are out of reach, and the way back when the new slot does not serve. */
@ExtendWith(SharedChain.class)
class RenewalIT {
    @TempDir
    Path dir;

    private final BoardThreads threads = new BoardThreads(1);
    private Bench bench;
    private RunningBoard board;

    @BeforeEach
    void take(Bench shared) throws IOException {
        bench = shared;
        board = RunningBoard.open(
                new BoardFolder(dir.resolve("board")), threads, RunningBoard.DEFAULT_BAUD, OptionalInt.empty());
    }

    @AfterEach
    void putAway() throws IOException {
        board.close();
        threads.close();
    }

    private Certifier certifier() {
        var gateway = bench.chain().gateway();
        return new LocalCertifier(
                gateway.authority(), gateway.enrolment(), gateway.endpoints().broker());
    }

    private String provision(String id, Certifier certifier) throws Exception {
        try (var link = new SerialLink(
                SerialPorts.open(board.portName(), PortSettings.at(RunningBoard.DEFAULT_BAUD)), Ticker.SYSTEM)) {
            board.board().powerOn().join();
            var station = new Station(link, RunningBoard.DEFAULT_BAUD, Ticker.SYSTEM);
            return new Provisioner(
                            station,
                            certifier,
                            Clock.systemUTC(),
                            Ticker.SYSTEM,
                            ProvisioningListener.NONE,
                            Wishes.DEFAULT)
                    .provision(new BoardId(id))
                    .serial();
        }
    }

    private String online(String id) throws Exception {
        var serial = provision(id, certifier());
        TestClients.requireOnline(bench, id);
        return serial;
    }

    private Answer device(String id) throws IOException {
        return bench.rest().get("/api/v1/devices/" + id);
    }

    private Answer renew(String id, String body) throws IOException {
        return bench.rest().post("/api/v1/devices/" + id + "/certificates", body);
    }

    private void assertOnOldSlot(String id, String oldSerial, String why) {
        await().untilAsserted(() -> {
            var body = device(id).body();
            assertThat(body.path("online").asBoolean()).as(body.toString()).isTrue();
            assertThat(body.path("slotGeneration").asInt()).isEqualTo(1);
            assertThat(body.path("fellBack").asText()).isEqualTo(why);
        });
        var enrolment = bench.chain().gateway().enrolment();
        assertThat(enrolment.certificate(oldSerial).orElseThrow().isRevoked()).isFalse();
    }

    @Test
    void aConnectedBoardIsRenewedWithoutACableAndItsOldCertificateIsSuperseded() throws Exception {
        var old = online("renew-ok");

        var answer = renew("renew-ok", "{}");

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
        assertThat(answer.body().path("slotGeneration").asInt()).isEqualTo(2);
        assertThat(answer.body().path("serial").asText()).isNotEqualTo(old);
        TestClients.requireOnline(bench, "renew-ok");
        assertThat(board.board().slot().join().orElseThrow().generation()).isEqualTo(2);
        var enrolment = bench.chain().gateway().enrolment();
        assertThat(enrolment.certificate(old).orElseThrow().isRevoked()).isTrue();
        assertThat(bench.rest()
                        .put("/api/v1/devices/renew-ok/gpio/12", "{\"direction\":\"out\",\"value\":1}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    @Tag("slow")
    void withAWrongBrokerTheBoardComesBackOnItsOldSlotAndSaysThatItWasUnreachable() throws Exception {
        var old = online("renew-broker");

        var answer = renew("renew-broker", "{\"broker\":{\"host\":\"127.0.0.1\",\"port\":1}}");

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(502);
        assertThat(answer.problem()).isEqualTo("fell-back");
        assertThat(answer.body().path("detail").asText()).contains("unreachable");
        assertOnOldSlot("renew-broker", old, "unreachable");
        var certificates = device("renew-broker").body().path("certificates");
        assertThat(certificates.path(0).has("revoked"))
                .as("the one that never served")
                .isTrue();
    }

    @Test
    void withAWrongAnchorTheBoardComesBackOnItsOldSlotAndSaysThatItDoesNotTrustTheBroker() throws Exception {
        var old = online("renew-anchor");
        var foreign = TestClients.foreign(bench, "somebody", dir.resolve("elsewhere"));
        var anchor = Pem.certificate(foreign.chain().get(foreign.chain().size() - 1));

        var answer = renew(
                "renew-anchor",
                JsonNodeFactory.instance.objectNode().put("anchors", anchor).toString());

        assertThat(answer.problem()).as(answer.body().toString()).isEqualTo("fell-back");
        assertThat(answer.body().path("detail").asText()).contains("untrusted-broker");
        assertOnOldSlot("renew-anchor", old, "untrusted-broker");
    }

    /** An outside broker learns of a revocation within two seconds: a board that is quicker comes in, and keeps its new identity. */
    @Test
    @Tag("embedded")
    void withARevokedCertificateTheBoardComesBackOnItsOldSlotAndSaysThatItWasRefused() throws Exception {
        var old = online("renew-revoked");
        var good = certifier();
        Certifier revoking = (id, request, facts) -> {
            var certification = good.certify(id, request, facts);
            bench.chain()
                    .gateway()
                    .enrolment()
                    .revoke(
                            StoredCertificate.serial(
                                    certification.chain().get(0).getSerialNumber()),
                            RevocationReason.KEY_COMPROMISE);
            return certification;
        };

        provision("renew-revoked", revoking);

        assertOnOldSlot("renew-revoked", old, "refused");
    }

    @Test
    void aBoardThatIsNotConnectedIsNotRenewed() throws Exception {
        online("renew-off");
        board.board().shutDown().join();
        await().until(() -> !device("renew-off").body().path("online").asBoolean());

        assertThat(renew("renew-off", "{}").problem()).isEqualTo("board-offline");
    }

    @Test
    void aStationGetsAFurtherCertificateForTheSameBoardAndNoneForAnother() throws Exception {
        online("renew-csr");
        var known = device("renew-csr").body();
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var pair = generator.generateKeyPair();
        var request = new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=x"), pair.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
        var body = JsonNodeFactory.instance.objectNode().put("csr", Pem.request(request.getEncoded()));
        body.putObject("board")
                .put("uid", known.path("uid").asText())
                .put("mac", known.path("mac").asText())
                .put("chipId", known.path("chipId").asText())
                .put("firmware", known.path("firmware").asText("agent 0.1.0"));

        var answer = renew("renew-csr", body.toString());
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
        assertThat(answer.body().path("chain").asText()).contains("BEGIN CERTIFICATE");

        body.withObject("/board").put("uid", "00".repeat(15) + "01");
        assertThat(renew("renew-csr", body.toString()).problem()).isEqualTo("other-board");
    }
}
