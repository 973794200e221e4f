package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.Pem;
import dev.ft900.gateway.tls.TlsIdentity;
import dev.ft900.hil.SharedChain.Bench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.Locale;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registering a device over REST: with a key made here, or with a signing request. */
@ExtendWith(SharedChain.class)
class RegistrationIT {
    private static final String DEVICES = "/api/v1/devices";

    @TempDir
    Path dir;

    private Bench bench;

    @BeforeEach
    void take(Bench shared) {
        bench = shared;
    }

    private static String csr(String subject, KeyPair asked, KeyPair signedWith) throws Exception {
        return Pem.request(new JcaPKCS10CertificationRequestBuilder(new X500Name(subject), asked.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(signedWith.getPrivate()))
                .getEncoded());
    }

    private static String body(String id, String csr) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("csr", csr)
                .toString();
    }

    private TlsIdentity identity(JsonNode registration, PrivateKey key) throws Exception {
        return new TlsIdentity(
                key,
                Pem.readCertificates(registration.path("chain").asText()),
                Pem.readCertificates(registration.path("anchors").asText()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"P-256", "RSA-2048"})
    void withoutASigningRequestTheKeyIsGivenOnceAndOpensTheBroker(String kind) throws Exception {
        var id = "reg-" + kind.toLowerCase(Locale.ROOT);

        var answer = bench.rest().post(DEVICES, "{\"id\":\"" + id + "\",\"keyType\":\"" + kind + "\"}");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).endsWith("/api/v1/devices/" + id));
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        var file = Files.writeString(
                dir.resolve("key.pem"), answer.body().path("privateKey").asText());
        var key = Pem.readPrivateKey(file);
        assertThat(KeyKind.of(
                        Pem.readCertificates(answer.body().path("certificate").asText())
                                .get(0)
                                .getPublicKey()))
                .contains(KeyKind.from(kind).orElseThrow());
        TestClients.end(TestClients.connected(bench, id, identity(answer.body(), key)));
        assertThat(bench.rest().get(DEVICES + "/" + id).body().toString()).doesNotContain("PRIVATE");
    }

    @Test
    void withASigningRequestTheKeyStaysWhereItIsAndTheSubjectIsTheRegisteredId() throws Exception {
        var key = KeyKind.P256.generate();

        var answer = bench.rest().post(DEVICES, body("reg-csr", csr("CN=somebody-else,O=Evil", key, key)));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body().has("privateKey")).isFalse();
        var certificate =
                Pem.readCertificates(answer.body().path("certificate").asText()).get(0);
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=reg-csr");
        assertThat(certificate.getPublicKey()).isEqualTo(key.getPublic());
        TestClients.end(TestClients.connected(bench, "reg-csr", identity(answer.body(), key.getPrivate())));
    }

    @Test
    void aDeviceThatAnotherProcessRegistersIsKnownToTheNextCommand() throws Exception {
        try (var elsewhere = PlayedBoard.register(bench.state(), "reg-elsewhere", "")) {
            var answer = bench.rest().post(DEVICES + "/reg-elsewhere/uart?queue=60s", "{\"text\":\"kept\"}");

            assertThat(answer.status()).as(answer.body().toString()).isEqualTo(202);
            assertThat(elsewhere.written()).isEmpty();
        }
    }

    @Test
    void anIdThatIsTakenIs409() throws IOException {
        var answer = bench.rest().post(DEVICES, "{\"id\":\"board1\"}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.problem()).isEqualTo("device-exists");
    }

    @Test
    void aRequestForSomebodyElsesKeyIsRefusedWithTheRule() throws Exception {
        var answer = bench.rest()
                .post(DEVICES, body("reg-stolen", csr("CN=x", KeyKind.P256.generate(), KeyKind.P256.generate())));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("certificate-refused");
        assertThat(answer.body().path("rule").asText()).isEqualTo("proof-of-possession");
        assertThat(bench.rest().get(DEVICES + "/reg-stolen").status()).isEqualTo(404);
    }

    @Test
    void aKeyThatHasACertificateGetsNoSecondOne() throws Exception {
        var key = KeyKind.P256.generate();
        assertThat(bench.rest()
                        .post(DEVICES, body("reg-first", csr("CN=x", key, key)))
                        .status())
                .isEqualTo(201);

        var answer = bench.rest().post(DEVICES, body("reg-second", csr("CN=x", key, key)));

        assertThat(answer.body().path("rule").asText()).isEqualTo("key-unused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"id\":\"UPPER\"}",
                "{\"id\":\"gw.main\"}",
                "{\"id\":\"ft900\"}",
                "{\"id\":7}",
                "{\"id\":\"reg-bad\",\"keyType\":\"DSA\"}",
                "{\"id\":\"reg-bad\",\"csr\":\"nonsense\"}",
                "{\"id\":\"reg-bad\",\"csr\":\"x\",\"keyType\":\"P-256\"}",
                "{\"id\":\"reg-bad\",\"board\":{\"uid\":\"12\"}}"
            })
    void aBadRegistrationIs422AndRegistersNothing(String json) throws IOException {
        var answer = bench.rest().post(DEVICES, json);

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(422);
        assertThat(bench.rest().get(DEVICES + "/reg-bad").status()).isEqualTo(404);
    }

    @Test
    void theListHoldsEveryDeviceInOrder() throws IOException {
        var ids = bench.rest().get(DEVICES).body().path("devices").findValuesAsText("id");

        assertThat(ids).contains("board1", "board2", "board3").isSorted();
    }
}
