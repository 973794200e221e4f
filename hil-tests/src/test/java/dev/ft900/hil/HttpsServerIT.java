package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ft900.gateway.http.RestSettings;
import dev.ft900.hil.rest.RestClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The HTTPS server by its settings: limits, protocols, what browsers are told, what it logs. */
class HttpsServerIT {
    private static final String DEVICE = "/api/v1/devices/board1";
    private static final int MOST_CONNECTIONS = 60;
    private static final int CALLS_PER_SECOND = 50;

    @TempDir
    private static Path folder;

    private static OwnChain chain;

    @BeforeAll
    static void start() throws Exception {
        var limits = new RestSettings.Limits(
                CALLS_PER_SECOND, MOST_CONNECTIONS, 200, 4_096, 4_096, 512, Duration.ofSeconds(60));
        var rest = new RestSettings(Set.of("https://panel.example"), limits, RestSettings.AuditKept.USUAL, true);
        chain = OwnChain.start(folder, usual -> usual.withRest(rest));
    }

    @AfterAll
    static void stop() {
        if (chain != null) {
            chain.close();
        }
    }

    private static int https() {
        return chain.address().getPort();
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

    @Test
    void http2IsAgreedOnWithThoseWhoKnowIt() throws Exception {
        var response = chain.http().send(chain.request("/healthz").build(), HttpResponse.BodyHandlers.discarding());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
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
        var http = chain.http();
        var asked = new ArrayList<Optional<String>>();
        for (var origin : List.of("https://panel.example", "https://elsewhere.example")) {
            var preflight = chain.request("/api/v1/devices")
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
        var http = chain.http();

        var page = http.send(chain.request("/docs").build(), HttpResponse.BodyHandlers.ofString());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(page.body())
                .contains("/web/docs.js")
                .doesNotContain("<style")
                .doesNotContain("http://");
        assertThat(http.send(chain.request("/web/docs.js").build(), HttpResponse.BodyHandlers.ofString())
                        .body())
                .contains("/openapi.json");
    }

    @Test
    void aPartOfThePageThatDidNotChangeIsNotSentAgain() throws Exception {
        var http = chain.http();
        var first = http.send(chain.request("/web/page.css").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(first.statusCode()).isEqualTo(200);
        var tag = first.headers().firstValue("ETag").orElseThrow();

        var again = http.send(
                chain.request("/web/page.css").header("If-None-Match", tag).build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }
}
