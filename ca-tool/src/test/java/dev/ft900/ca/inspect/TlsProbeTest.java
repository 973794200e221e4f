package dev.ft900.ca.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ft900.ca.TestState;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.SubjectName;
import dev.ft900.ca.store.CertificateStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsProbeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path dir;

    @Test
    void seesTheChainOfAServerAlsoOfOneThatWantsAClientCertificate() throws Exception {
        try (var state = new TestState(dir, Clock.systemUTC())) {
            var key = KeyKind.P256.generate();
            var issued = state.database().jdbi().inTransaction(handle -> state.authority()
                    .issue(
                            new CertificateStore(handle),
                            state.authority().profiles().get("broker"),
                            "localhost",
                            List.of(SubjectName.parse("DNS:localhost").orElseThrow()),
                            key.getPublic(),
                            Optional.empty()));
            for (boolean wantsCertificate : new boolean[] {false, true}) {
                var shown = probe(key.getPrivate(), issued.chain(), wantsCertificate);

                assertThat(shown.chain()).isEqualTo(issued.chain());
            }
        }
    }

    private static TlsProbe.Shown probe(PrivateKey key, List<X509Certificate> chain, boolean wantsCertificate)
            throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", key, new char[0], chain.toArray(Certificate[]::new));
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        try (var server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setNeedClientAuth(wantsCertificate);
            var serving = CompletableFuture.runAsync(() -> {
                try (var socket = (SSLSocket) server.accept()) {
                    socket.startHandshake();
                } catch (IOException e) {
                    // The probe hangs up, or has no certificate: both are as they should be.
                }
            });
            var shown =
                    TlsProbe.ask(InetAddress.getLoopbackAddress().getHostAddress(), server.getLocalPort(), PATIENCE);
            serving.join();
            return shown;
        }
    }

    @Test
    void doesNotWaitForEverForAServerThatSaysNothing() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> TlsProbe.ask(
                            InetAddress.getLoopbackAddress().getHostAddress(),
                            server.getLocalPort(),
                            Duration.ofMillis(200)))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aHostWhoseNameNoCertificateCanHoldIsAskedWithoutIt() {
        assertThat(TlsProbe.serverName("my_host.example")).isEmpty();
        assertThat(TlsProbe.serverName("host.example")).contains(new SNIHostName("host.example"));
    }
}
