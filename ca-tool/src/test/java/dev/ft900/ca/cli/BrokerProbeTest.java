package dev.ft900.ca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.ca.TestState;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.SubjectName;
import dev.ft900.ca.cli.Check.Outcome;
import dev.ft900.ca.store.CertificateStore;
import dev.ft900.protocol.slot.BrokerAddress;
import dev.ft900.protocol.slot.Der;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What doctor says of whoever listens where a slot has its broker. */
class BrokerProbeTest {
    @TempDir
    Path dir;

    private TestState state;

    @BeforeEach
    void open() throws IOException {
        state = new TestState(dir.resolve("state"), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        state.close();
    }

    /** What somebody does with the one who calls. */
    private interface Manner {
        void serve(Socket caller) throws IOException;
    }

    private Check look(ServerSocket listening, String serverName, Manner manner) throws IOException {
        try (listening) {
            var serving = CompletableFuture.runAsync(() -> {
                try (var caller = listening.accept()) {
                    manner.serve(caller);
                } catch (IOException e) {
                    // The caller hangs up, or has no certificate: both are as they should be.
                }
            });
            var broker = new BrokerAddress("127.0.0.1", listening.getLocalPort(), serverName);
            var check = BrokerProbe.look(
                    "broker", broker, List.of(new Der(Pem.der(state.authority().root()))));
            serving.join();
            return check;
        }
    }

    private static ServerSocket plain() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    /** A broker of our authority, called localhost, to which nobody comes without a certificate. */
    private ServerSocket broker(String protocol) throws Exception {
        var key = KeyKind.P256.generate();
        var issued = state.database().jdbi().inTransaction(handle -> state.authority()
                .issue(
                        new CertificateStore(handle),
                        state.authority().profiles().get("broker"),
                        "localhost",
                        List.of(SubjectName.parse("DNS:localhost").orElseThrow()),
                        key.getPublic(),
                        Optional.empty()));
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "server", key.getPrivate(), new char[0], issued.chain().toArray(Certificate[]::new));
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        var server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        server.setEnabledProtocols(new String[] {protocol});
        server.setNeedClientAuth(true);
        return server;
    }

    private static void shakeHands(Socket caller) throws IOException {
        ((SSLSocket) caller).startHandshake();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aBrokerThatWantsACertificateIsFine(String protocol) throws Exception {
        var check = look(broker(protocol), "localhost", BrokerProbeTest::shakeHands);

        assertThat(check.outcome()).as(check.found()).isEqualTo(Outcome.OK);
    }

    @Test
    void aBrokerOfAnotherNameIsNotTrusted() throws Exception {
        var check = look(broker("TLSv1.2"), "broker.example", BrokerProbeTest::shakeHands);

        assertThat(check.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(check.found()).contains("will not trust");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 400 Bad Request\r\n\r\n", ""})
    void whoSpeaksNoTlsIsNoBroker(String answer) throws IOException {
        var check = look(plain(), "localhost", caller -> {
            caller.getInputStream().read(new byte[512]);
            caller.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        });

        assertThat(check.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(check.found()).contains("showed no certificate");
        assertThat(check.next()).contains("1883");
    }
}
