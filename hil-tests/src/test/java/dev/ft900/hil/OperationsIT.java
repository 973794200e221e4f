package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.store.RevocationReason;
import dev.ft900.gateway.app.GatewaySettings;
import dev.ft900.gateway.app.GatewaySettings.FirstConnect;
import dev.ft900.gateway.app.GatewaySettings.Patience;
import dev.ft900.gateway.http.RestSettings;
import dev.ft900.gateway.tls.IdentityFile;
import dev.ft900.gateway.tls.TlsIdentity;
import dev.ft900.hil.rest.RestClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway does by its settings: limits, certificates that are replaced, callers with certificates, boards that register themselves. */
class OperationsIT {
    private static final String DEVICE = "/api/v1/devices/board1";
    private static final int MOST_CONNECTIONS = 60;
    private static final int CALLS_PER_SECOND = 50;

    @TempDir
    private static Path folder;

    private static OwnChain chain;
    private static Path publicFile;

    @BeforeAll
    static void start() throws Exception {
        var state = folder.resolve("state");
        publicFile = folder.resolve("https.pem");
        hand(OwnChain.issue(state, "gateway", "gw.public1"));
        var made = OwnChain.issue(folder.resolve("maker"), "board", "first");
        // A manufacturer's authority: the one that signs boards, and its root.
        Files.writeString(
                folder.resolve("maker.pem"),
                Pem.certificates(List.of(made.chain().get(1), made.anchors().get(0))));
        chain = OwnChain.start(state, OperationsIT::tuned);
    }

    private static GatewaySettings tuned(GatewaySettings usual) {
        var limits = new RestSettings.Limits(
                CALLS_PER_SECOND, MOST_CONNECTIONS, 200, 4_096, 4_096, 512, Duration.ofSeconds(60));
        return usual.withRest(
                        new RestSettings(Set.of("https://panel.example"), limits, RestSettings.AuditKept.USUAL, true))
                .withPatience(new Patience(
                        Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .withHttpsIdentity(new IdentityFile(publicFile, Optional.empty()))
                .withFirstConnect(new FirstConnect(true, Optional.of(folder.resolve("maker.pem"))));
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

    private static RestClient viewer(String name) throws IOException {
        var made = chain.rest().post("/api/v1/tokens", "{\"name\":\"" + name + "\",\"role\":\"viewer\"}");
        assertThat(made.status()).isEqualTo(201);
        return chain.rest().with(made.body().path("token").asText());
    }

    @Test
    void aCallerThatCallsTooOftenIsToldWhenToComeAgainAndOthersAreNotHeldUp() throws Exception {
        var busy = viewer("busy");
        var calls = new ArrayList<CompletableFuture<RestClient.Answer>>();
        var callers = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 4 * CALLS_PER_SECOND; i++) {
            calls.add(CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return busy.get("/api/v1/whoami");
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    callers));
        }

        var refused = calls.stream()
                .map(CompletableFuture::join)
                .filter(answer -> answer.status() != 200)
                .toList();
        callers.shutdown();

        assertThat(refused).isNotEmpty().allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.problem()).isEqualTo("too-many-requests");
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        });
        assertThat(chain.rest().get("/api/v1/whoami").status()).isEqualTo(200);
    }

    @Test
    void connectionsBeyondTheLimitWaitUntilOthersEnd() throws Exception {
        var held = new ArrayList<Socket>();
        try {
            for (int i = 0; i < MOST_CONNECTIONS + 5; i++) {
                held.add(new Socket("localhost", https()));
            }
            try (var late = new Socket("localhost", https())) {
                late.setSoTimeout(1_000);
                var tls = (SSLSocket) RestClient.trusting(chain.root())
                        .getSocketFactory()
                        .createSocket(late, "localhost", https(), false);
                assertThatThrownBy(tls::startHandshake).isInstanceOf(SocketTimeoutException.class);
            }
        } finally {
            for (var socket : held) {
                socket.close();
            }
        }
        await().untilAsserted(() ->
                assertThat(chain.rest().get("/api/v1/whoami").status()).isEqualTo(200));
    }

    private static HttpClient http(SSLContext tls) {
        return HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .sslContext(tls)
                .build();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(chain.address().resolve(path)).timeout(Duration.ofSeconds(30));
    }

    @Test
    void http2IsAgreedOnWithThoseWhoKnowIt() throws Exception {
        var response = http(RestClient.trusting(chain.root()))
                .send(request("/healthz").build(), HttpResponse.BodyHandlers.discarding());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
    }

    @Test
    void aClientCertificateDoesInsteadOfATokenForWhatItIsAllowed() throws Exception {
        var panel = OwnChain.issue(folder.resolve("state"), "rest-client", "client.panel");
        var context = new TlsIdentity(panel.key(), panel.chain(), List.of(chain.root())).context();
        var get = request("/api/v1/devices").build();
        var post = request(DEVICE + "/reset")
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
        return http(context)
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void whatIsTooLongIsRefusedByNameWhereverItIsTooLong() throws IOException {
        var rest = chain.rest();

        var url = rest.get("/api/v1/devices?x=" + "y".repeat(600));
        var headers = rest.withHeader("X-Long", "y".repeat(5_000)).get("/api/v1/devices");
        var body = rest.put(DEVICE + "/gpio/12", "{\"value\":" + " ".repeat(5_000) + "1}");

        assertThat(List.of(url.status(), headers.status(), body.status())).containsExactly(414, 431, 413);
        assertThat(List.of(url.problem(), headers.problem(), body.problem()))
                .containsExactly("url-too-long", "headers-too-large", "too-large");
        assertThat(List.of(url, headers, body)).allSatisfy(answer -> {
            assertThat(answer.body().path("status").asInt()).isEqualTo(answer.status());
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
            assertThat(answer.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
        });
    }

    @Test
    void browsersAreToldToComeByHttpsOnlyWhereThatIsSet() throws IOException {
        assertThat(chain.rest().get(DEVICE).headers().firstValue("Strict-Transport-Security"))
                .contains("max-age=31536000");
    }

    @Test
    void pagesOfTheOriginsThatAreSetMayCallAndNoOthers() throws Exception {
        var http = http(RestClient.trusting(chain.root()));
        var asked = new ArrayList<Optional<String>>();
        for (var origin : List.of("https://panel.example", "https://elsewhere.example")) {
            var preflight = request("/api/v1/devices")
                    .header("Origin", origin)
                    .header("Access-Control-Request-Method", "PUT")
                    .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                    .build();
            asked.add(http.send(preflight, HttpResponse.BodyHandlers.discarding())
                    .headers()
                    .firstValue("Access-Control-Allow-Origin"));
        }

        assertThat(asked).containsExactly(Optional.of("https://panel.example"), Optional.empty());
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

    @Test
    void theLogHasTheRequestsIdAndNeverTheToken() throws IOException {
        var token = "wrong-" + System.nanoTime();
        try (var log = new CapturedLog()) {
            assertThat(chain.rest()
                            .with(token)
                            .withHeader("X-Request-Id", "logged-1")
                            .get(DEVICE)
                            .status())
                    .isEqualTo(401);

            await().until(() -> log.json().stream().anyMatch(line -> line.contains("\"request\":\"logged-1\"")));
            assertThat(log.json()).noneMatch(line -> line.contains(token));
        }
    }

    @Test
    void theContractIsAPageToo() throws Exception {
        var http = http(RestClient.trusting(chain.root()));

        var page = http.send(request("/docs").build(), HttpResponse.BodyHandlers.ofString());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(page.body())
                .contains("/web/docs.js")
                .doesNotContain("<style")
                .doesNotContain("http://");
        assertThat(http.send(request("/web/docs.js").build(), HttpResponse.BodyHandlers.ofString())
                        .body())
                .contains("/openapi.json");
    }

    @Test
    void aPartOfThePageThatDidNotChangeIsNotSentAgain() throws Exception {
        var http = http(RestClient.trusting(chain.root()));
        var first = http.send(request("/web/page.css").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(first.statusCode()).isEqualTo(200);
        var tag = first.headers().firstValue("ETag").orElseThrow();

        var again = http.send(
                request("/web/page.css").header("If-None-Match", tag).build(), HttpResponse.BodyHandlers.ofString());

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }
}
