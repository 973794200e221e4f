package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ft900.agent.board.BoardConfig;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.gateway.app.GatewaySettings.Patience;
import dev.ft900.gateway.tls.TlsIdentity;
import dev.ft900.hil.rest.RestClient;
import dev.ft900.hil.rest.RestClient.Answer;
import dev.ft900.protocol.dialect.IncomingRequest;
import dev.ft900.protocol.dialect.PresenceCodec;
import dev.ft900.protocol.dialect.ReplyCodec;
import dev.ft900.protocol.dialect.RequestCodec;
import dev.ft900.protocol.message.BoardStatus;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.message.Reply;
import dev.ft900.protocol.message.ResetCause;
import dev.ft900.protocol.message.Result;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers see when a gateway stops. */
class DrainIT {
    private static final String ID = "late";
    private static final String DEVICE = "/api/v1/devices/" + ID;
    private static final BootId BOOT = new BootId("0000beef");
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private OwnChain start(Duration drain) throws Exception {
        return OwnChain.start(
                folder,
                usual -> usual.withPatience(
                        new Patience(Duration.ofSeconds(5), Duration.ofSeconds(30), drain, Duration.ofMinutes(1))));
    }

    private static CompletableFuture<Answer> later(RestClient rest, String path) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return rest.get(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static RestClient withConnectionOfItsOwn(OwnChain chain) throws IOException {
        var rest = new RestClient(chain.address(), chain.gateway().token(), chain.root());
        assertThat(rest.get("/healthz").status()).isEqualTo(200);
        return rest;
    }

    /** A board that is registered, and not there. */
    private static TlsIdentity register(OwnChain chain) throws Exception {
        var key = KeyKind.P256.generate();
        var issued = chain.gateway()
                .enrolment()
                .register(new BoardId(ID), key.getPublic(), Optional.empty(), Optional.empty());
        return new TlsIdentity(key.getPrivate(), issued.chain(), List.of(chain.root()));
    }

    /** The board comes, and answers whatever it is asked with its status. */
    private static MqttClient playBoard(OwnChain chain, TlsIdentity identity) throws Exception {
        var client = new MqttClient(chain.gateway().endpoints().broker().uri(), ID, new MemoryPersistence());
        client.connect(TestClients.options(identity));
        client.subscribe("ft900/" + ID + "/req/+", 1, (topic, message) -> {
            var request = ((IncomingRequest.Accepted) RequestCodec.decode(message.getPayload())).request();
            var status =
                    new BoardStatus(BoardConfig.FIRMWARE, BoardConfig.CHIP_ID, ResetCause.POWER_ON, 1, false, 1, false);
            var reply = ReplyCodec.encode(Reply.done(request.id(), BOOT, new Result.Status(status)));
            TestClients.publish(client, topic.replace("/req/", "/rep/"), reply, false);
        });
        var birth = new Presence.Up(BOOT, 1, ResetCause.POWER_ON, BoardConfig.FIRMWARE, false, 1, Optional.empty());
        TestClients.publish(client, "ft900/" + ID + "/up", PresenceCodec.encode(birth), true);
        return client;
    }

    /** A call that waits for its board, which is not there; it has reached the gateway. */
    private static CompletableFuture<Answer> waiting(OwnChain chain, RestClient looking) {
        awaitMetric(looking, "ft900_boards_registered 2.0");
        var call = later(chain.rest(), DEVICE + "/status?connectTimeout=50000");
        // The other is the one that asks.
        awaitMetric(looking, "ft900_http_requests_under_way 2.0");
        return call;
    }

    private static void awaitMetric(RestClient looking, String line) {
        await().atMost(LONG).until(() -> looking.get("/metrics").body().asText().contains(line));
    }

    @Test
    @Tag("slow")
    void whatIsUnderWayIsAnsweredAndNothingElseIsTakenAndStreamsEnd() throws Exception {
        try (var chain = start(LONG)) {
            var identity = register(chain);
            var kept = withConnectionOfItsOwn(chain);
            var second = withConnectionOfItsOwn(chain);
            var stream = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(RestClient.trusting(chain.root()))
                    .build()
                    .sendAsync(
                            HttpRequest.newBuilder(chain.address().resolve("/api/v1/events"))
                                    .header(
                                            "Authorization",
                                            "Bearer " + chain.gateway().token())
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            awaitMetric(kept, "ft900_event_listeners 1.0");
            var call = waiting(chain, kept);

            var draining = CompletableFuture.runAsync(chain.gateway()::drain);

            await().atMost(LONG)
                    .until(() -> kept.get("/readyz").body().path("draining").asBoolean());
            assertThat(kept.get("/readyz").status()).isEqualTo(503);
            var refused = second.get(DEVICE);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.problem()).isEqualTo("stopping");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            int port = chain.address().getPort();
            assertThatThrownBy(() -> new Socket("localhost", port).close()).isInstanceOf(ConnectException.class);
            assertThat(call).isNotDone();
            assertThat(draining).isNotDone();

            var board = playBoard(chain, identity);

            assertThat(call.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
            draining.get(60, TimeUnit.SECONDS);
            chain.stop();
            assertThat(stream.get(60, TimeUnit.SECONDS).body())
                    .startsWith("retry: ")
                    .contains("event: online");
            TestClients.end(board);
        }
    }

    @Test
    void whoHasNoAnswerWhenTheTimeIsOverIsToldThatNoneWillCome() throws Exception {
        try (var chain = start(Duration.ofMillis(100))) {
            register(chain);
            var call = waiting(chain, withConnectionOfItsOwn(chain));

            chain.gateway().drain();

            var answer = call.get(60, TimeUnit.SECONDS);
            assertThat(answer.status()).isEqualTo(504);
            assertThat(answer.problem()).isEqualTo("no-answer");
            assertThat(answer.body().path("detail").asText()).contains("the gateway stopped");
        }
    }
}
