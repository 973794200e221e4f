package dev.ft900.hil.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ft900.agent.board.BoardConfig;
import dev.ft900.agent.fleet.Fleet;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.app.Gateway;
import dev.ft900.gateway.app.GatewaySettings;
import dev.ft900.gateway.tls.TlsIdentity;
import dev.ft900.hil.measure.FleetIdentities;
import dev.ft900.hil.rest.RestClient;
import dev.ft900.protocol.dialect.PresenceCodec;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.message.ResetCause;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever comes in over HTTP or from a board: no answer is 500, each comes in time, and nothing is left behind. The seed is printed;
 * {@code -Dft900.seed=N} makes other inputs.
 *
 * <p>Streams of one seed and not jqwik's properties: what follows what on connections that stand is part of the input, and shrinking would put it
 * to a gateway that has changed meanwhile. What parses those bytes has properties: {@code BodyTest}, {@code BoardMessagesTest}, and those of the protocol.
 */
class FuzzIT {
    /** The same in every build, so that a build tells of its own change; other seeds are for those who look for more. */
    private static final long SEED = Long.getLong("ft900.seed", 900);

    private static final Duration LONG = Duration.ofSeconds(60);

    /** For how long each of the long ones goes on. */
    private static final Duration STRIDE = Duration.ofSeconds(Integer.getInteger("ft900.fuzz.seconds", 45));

    /** Far more than a request or a message may leave behind, far less than what a thousand leaks would. */
    private static final long MOST_HEAP_GROWTH = 64L << 20;

    /** As many as the HTTP server may have beyond those that it keeps, and some for the libraries. */
    private static final int MOST_THREAD_GROWTH = 90;

    private static Gateway gateway;
    private static Fleet boards;
    private static RestClient rest;

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        System.out.println("seed of this fuzz: " + SEED);
        var settings = GatewaySettings.onLoopback(new StateFolder(dir), 0, 0)
                .withPatience(Duration.ofSeconds(1), Duration.ofSeconds(10));
        gateway = Gateway.start(settings);
        rest = new RestClient(
                gateway.endpoints().gateway(),
                gateway.token(),
                gateway.authority().root());
        boards = new Fleet(
                new FleetIdentities(
                                gateway.enrolment(),
                                gateway.authority().root(),
                                gateway.endpoints().broker())
                        .register("fuzz", 2),
                1);
        boards.powerOn();
    }

    @AfterAll
    static void stop() {
        boards.close();
        gateway.close();
    }

    @BeforeEach
    void aGoodRequestIsAnswered() {
        await().atMost(LONG)
                .until(() -> rest.get("/api/v1/devices/fuzz0/gpio/12").status() == 200);
    }

    @Test
    void noHttpRequestIsAnswered500OrStuckOrLeavesAnythingBehind() throws Exception {
        http(100, LONG);
    }

    @Test
    @Tag("slow")
    void noHttpRequestOfManyIsAnswered500OrStuckOrLeavesAnythingBehind() throws Exception {
        http(Integer.MAX_VALUE, STRIDE);
    }

    private void http(int most, Duration time) throws Exception {
        var garbage = new HttpGarbage(
                SEED,
                rest.get("/openapi.json").body(),
                gateway.endpoints().gateway().getAuthority(),
                gateway.token());
        var answers = new TreeMap<Integer, Integer>();
        var footprint = new Footprint();
        try (var https = raw(gateway.endpoints().gateway())) {
            long end = System.nanoTime() + time.toNanos();
            for (int i = 0; i < most && System.nanoTime() - end < 0; i++) {
                var request = garbage.request();
                int status = exchange(https, request, i);
                answers.merge(status, 1, Integer::sum);
                assertThat(status)
                        .as("seed %d, request %d: %s", SEED, i, printable(request))
                        .isNotIn(500, 501, 505);
                if (i % 20 == 0) {
                    https.shout(garbage.noise());
                }
            }
        }
        System.out.println("answers to HTTP requests with seed " + SEED + ": " + answers);
        assertThat(answers.keySet()).contains(200, 404, 422);
        footprint.assertGone();
    }

    private static int exchange(RawHttps https, byte[] request, int number) throws IOException {
        try {
            return https.exchange(request);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("seed %d, request %d is stuck: %s".formatted(SEED, number, printable(request)), e);
        }
    }

    private static RawHttps raw(URI address) {
        return new RawHttps(address, RestClient.trusting(gateway.authority().root()));
    }

    private static String printable(byte[] request) {
        var text = new String(request, 0, Math.min(request.length, 500), StandardCharsets.ISO_8859_1);
        return text.replaceAll("[^\\x20-\\x7e\r\n]", "?").replaceAll("Bearer \\S+", "Bearer ...");
    }

    /** Found by this fuzz: the head of a stream that has no end. */
    @Test
    void theHeadOfAStreamOfEventsComesWithoutTheStream() throws Exception {
        try (var https = raw(gateway.endpoints().gateway())) {
            for (var path : new String[] {"/api/v1/events", "/api/v1/devices/fuzz0/events"}) {
                var head = "HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + gateway.token()
                        + "\r\n\r\n";
                assertThat(https.exchange(head.getBytes(StandardCharsets.US_ASCII)))
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void bytesThatAreNoTlsCloseTheirOwnConnectionAndNoOther() throws Exception {
        var random = new Random(SEED);
        for (int port : new int[] {
            gateway.endpoints().gateway().getPort(),
            gateway.endpoints().broker().port()
        }) {
            for (int i = 0; i < 12; i++) {
                var bytes = new byte[1 + random.nextInt(5_000)];
                random.nextBytes(bytes);
                if (i % 2 == 0) {
                    // The beginning of a TLS record (RFC 8446, section 5.1).
                    bytes[0] = 22;
                }
                try (var socket = new Socket("localhost", port)) {
                    socket.getOutputStream().write(bytes);
                } catch (IOException e) {
                    // Hung up while we wrote.
                }
            }
        }

        aGoodRequestIsAnswered();
        assertThat(boards.connected()).isEqualTo(2);
    }

    @Test
    void nothingThatABoardSaysHurtsTheGatewayOrAnotherBoard() throws Exception {
        mqtt(30, LONG);
    }

    @Test
    @Tag("slow")
    void nothingOfAllThatABoardSaysHurtsTheGatewayOrAnotherBoard() throws Exception {
        mqtt(Integer.MAX_VALUE, STRIDE);
    }

    private void mqtt(int most, Duration time) throws Exception {
        var garbage = new MqttGarbage(SEED);
        var footprint = new Footprint();
        var asked = new ConcurrentLinkedQueue<Integer>();
        var stop = new AtomicBoolean();
        var mad = registerMad();
        var heard = new byte[][] {"{\"v\":2}".getBytes(StandardCharsets.UTF_8)};
        var client = connect(mad, heard);
        await().atMost(LONG)
                .until(() -> rest.get("/api/v1/devices/mad/gpio/12?responseTimeout=200")
                                .status()
                        != 404);
        var asking = CompletableFuture.runAsync(() -> ask(asked, stop));
        try {
            long end = System.nanoTime() + time.toNanos();
            for (int i = 0; i < most && System.nanoTime() - end < 0; i++) {
                if (!client.isConnected()) {
                    client = connect(mad, heard);
                }
                try {
                    if (i % 25 == 0) {
                        client.publish("ft900/mad/up", birth(), 1, true);
                    }
                    client.publish(garbage.topic("mad", "main"), garbage.payload(heard[0]), i % 2, i % 50 == 0);
                } catch (MqttException e) {
                    // The broker has hung up on what it does not take; the next message finds a new connection.
                    continue;
                }
            }
            oversize(client);
        } finally {
            stop.set(true);
            asking.join();
            end(client);
        }
        System.out.println("answers while a board raved with seed " + SEED + ": " + Map.copyOf(counted(asked)));
        assertThat(asked).isNotEmpty().allMatch(status -> List.of(200, 409, 502, 503, 504)
                .contains(status));
        assertThat(boards.connected()).isEqualTo(2);
        footprint.assertGone();
    }

    private static TreeMap<Integer, Integer> counted(Iterable<Integer> statuses) {
        var counted = new TreeMap<Integer, Integer>();
        statuses.forEach(status -> counted.merge(status, 1, Integer::sum));
        return counted;
    }

    /** More than the broker takes in one packet. */
    private static void oversize(MqttClient client) {
        try {
            client.publish("ft900/mad/rep/main", new byte[70_000], 0, false);
        } catch (MqttException e) {
            // It may have hung up before.
            return;
        }
        await().atMost(LONG).until(() -> !client.isConnected());
    }

    /** Commands to the board that raves, and to one that does not, which must not be held up. */
    private static void ask(ConcurrentLinkedQueue<Integer> asked, AtomicBoolean stop) {
        try {
            while (!stop.get()) {
                asked.add(rest.get("/api/v1/devices/mad/gpio/12?responseTimeout=200")
                        .status());
                assertThat(rest.get("/api/v1/devices/fuzz0/gpio/12?responseTimeout=10000")
                                .status())
                        .isEqualTo(200);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TlsIdentity registerMad() throws Exception {
        gateway.enrolment().remove(new BoardId("mad"));
        var key = KeyKind.P256.generate();
        var issued =
                gateway.enrolment().register(new BoardId("mad"), key.getPublic(), Optional.empty(), Optional.empty());
        return new TlsIdentity(
                key.getPrivate(), issued.chain(), List.of(gateway.authority().root()));
    }

    private static MqttClient connect(TlsIdentity identity, byte[][] heard) throws MqttException {
        var client = new MqttClient(gateway.endpoints().broker().uri(), "mad", new MemoryPersistence());
        client.setTimeToWait(10_000);
        var options = new MqttConnectOptions();
        options.setSocketFactory(identity.context().getSocketFactory());
        options.setMaxInflight(1_000);
        client.connect(options);
        client.subscribe("ft900/mad/req/+", 1, (topic, message) -> heard[0] = message.getPayload());
        return client;
    }

    /** Without it nobody would ask this board for anything. */
    private static byte[] birth() {
        return PresenceCodec.encode(new Presence.Up(
                new BootId("0000beef"), 1, ResetCause.POWER_ON, BoardConfig.FIRMWARE, false, 1, Optional.empty()));
    }

    private static void end(MqttClient client) {
        try {
            client.disconnectForcibly(0, 0, false);
            client.close(true);
        } catch (MqttException e) {
            // It had ended already.
            return;
        }
    }

    /** What the process has before, against what it has when all is over. */
    private static final class Footprint {
        private final int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        private final long heap = heap();

        private static long heap() {
            var memory = ManagementFactory.getMemoryMXBean();
            memory.gc();
            return memory.getHeapMemoryUsage().getUsed();
        }

        void assertGone() {
            await().atMost(LONG).untilAsserted(() -> {
                assertThat(metric("ft900_commands_under_way")).isZero();
                assertThat(metric("ft900_event_listeners")).isZero();
                assertThat(metric("ft900_broker_connected")).isEqualTo(1);
                assertThat(ManagementFactory.getThreadMXBean().getThreadCount())
                        .isLessThan(threads + MOST_THREAD_GROWTH);
                assertThat(heap()).isLessThan(heap + MOST_HEAP_GROWTH);
            });
            await().atMost(LONG)
                    .until(() -> rest.get("/api/v1/devices/fuzz0/gpio/12").status() == 200);
        }

        private static double metric(String name) throws IOException {
            return rest.get("/metrics")
                    .body()
                    .asText()
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
