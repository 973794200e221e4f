package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.store.RevocationReason;
import dev.ft900.gateway.app.GatewaySettings;
import dev.ft900.gateway.app.GatewaySettings.Patience;
import dev.ft900.gateway.tls.IdentityFile;
import dev.ft900.gateway.tls.TlsIdentity;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that a running gateway shows and is shown: replaced, allowed and revoked without a restart. */
class CertificatesInUseIT {
    private static final String DEVICE = "/api/v1/devices/board1";

    @TempDir
    private static Path folder;

    private static OwnChain chain;
    private static Path publicFile;

    @BeforeAll
    static void start() throws Exception {
        var state = folder.resolve("state");
        publicFile = folder.resolve("https.pem");
        hand(OwnChain.issue(state, "gateway", "gw.public1"));
        chain = OwnChain.start(state, CertificatesInUseIT::tuned);
    }

    private static GatewaySettings tuned(GatewaySettings usual) {
        var patience = usual.patience();
        return usual.withHttpsIdentity(new IdentityFile(publicFile, Optional.empty()))
                .withPatience(
                        new Patience(patience.command(), patience.reset(), patience.drain(), Duration.ofSeconds(1)));
    }

    @AfterAll
    static void stop() {
        if (chain != null) {
            chain.close();
        }
    }

    /** As those who renew certificates do: first written whole, then put in the place of the old. */
    private static void hand(TlsIdentity identity) throws IOException {
        var fresh = publicFile.resolveSibling("https.pem.new");
        Files.writeString(fresh, Pem.privateKey(identity.key()) + Pem.certificates(identity.chain()));
        Files.move(fresh, publicFile, StandardCopyOption.REPLACE_EXISTING);
    }

    private static int https() {
        return chain.address().getPort();
    }

    private static int mqtt() {
        return chain.gateway().endpoints().broker().port();
    }

    private static Object shown(int port) throws Exception {
        try (var socket = chain.connect(port)) {
            return OwnChain.shownBy(socket);
        }
    }

    private static String statusLine(SSLSocket socket) throws IOException {
        socket.getOutputStream()
                .write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        var bytes = new byte[12];
        assertThat(socket.getInputStream().readNBytes(bytes, 0, bytes.length)).isEqualTo(bytes.length);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    @Test
    void aReplacedCertificateIsShownWithoutARestartAndConnectionsGoOn() throws Exception {
        try (var before = chain.connect(https())) {
            var old = OwnChain.shownBy(before);
            var next = OwnChain.issue(folder.resolve("state"), "gateway", "gw.public2");

            Files.writeString(publicFile, "half a file");
            hand(next);

            await().until(() -> shown(https()).equals(next.certificate()));
            assertThat(next.certificate()).isNotEqualTo(old);
            assertThat(statusLine(before)).isEqualTo("HTTP/1.1 200");
        }
    }

    @Test
    void theBrokerShowsItsNewCertificateWithoutARestartAndBoardsStayConnected() throws Exception {
        var old = shown(mqtt());
        var boot = chain.rest().get(DEVICE).body().path("bootId");
        var since = chain.rest().get(DEVICE).body().path("since");

        // What is not there is made anew, as is what nears its end.
        Files.delete(
                folder.resolve("state").resolve("servers").resolve("broker").resolve("identity.pem"));

        await().atMost(Duration.ofSeconds(60)).until(() -> !shown(mqtt()).equals(old));
        var device = chain.rest().get(DEVICE).body();
        assertThat(device.path("online").asBoolean()).isTrue();
        assertThat(device.path("bootId")).isEqualTo(boot);
        assertThat(device.path("since")).isEqualTo(since);
    }

    @Test
    void aClientCertificateDoesInsteadOfATokenForWhatItIsAllowed() throws Exception {
        var panel = OwnChain.issue(folder.resolve("state"), "rest-client", "client.panel");
        var context = new TlsIdentity(panel.key(), panel.chain(), List.of(chain.root())).context();
        var get = chain.request("/api/v1/devices").build();
        var post = chain.request(DEVICE + "/reset")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(status(context, get)).isEqualTo(401);

        assertThat(chain.rest()
                        .put("/api/v1/clients/client.panel", "{\"role\":\"viewer\"}")
                        .status())
                .isEqualTo(200);

        await().until(() -> status(context, get) == 200);
        assertThat(status(context, post)).isEqualTo(403);
        assertThat(chain.gateway()
                        .enrolment()
                        .revoke(panel.certificate().getSerialNumber().toString(16), RevocationReason.KEY_COMPROMISE))
                .isTrue();
        await().until(() -> status(context, get) == 401);
    }

    private static int status(SSLContext context, HttpRequest request) throws Exception {
        return OwnChain.http(context)
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
