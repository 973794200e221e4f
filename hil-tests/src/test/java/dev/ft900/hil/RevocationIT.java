package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ft900.gateway.tls.TlsIdentity;
import dev.ft900.hil.SharedChain.Bench;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./ft900 ca} does to a running server from a process of its own. */
@ExtendWith(SharedChain.class)
class RevocationIT {
    private static final int BOARDS = 5;
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path dir;

    private Bench bench;

    @BeforeEach
    void take(Bench shared) {
        bench = shared;
    }

    /** Runs {@code ca} as a process and returns when it has ended well. */
    private void ca(String... arguments) throws Exception {
        var all = new ArrayList<>(List.of("ca"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--state", bench.state().path().toString()));
        try (var process = ToolkitProcess.ft900(dir, all.toArray(String[]::new))) {
            assertThat(process.exitCode(PATIENCE)).as(process.errors()).isZero();
        }
    }

    /** Notes the time when the connection was lost. */
    private record Watcher(AtomicLong lostAt) implements MqttCallback {
        @Override
        public void connectionLost(Throwable cause) {
            lostAt.set(System.nanoTime());
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {}

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {}
    }

    private static void assertStaysOut(MqttClient client, TlsIdentity identity) {
        assertThatThrownBy(() -> client.connect(TestClients.options(identity))).isInstanceOf(MqttException.class);
    }

    @Test
    void aRevokedBoardIsCutWithinTwoSecondsOfTheCommandAndStaysOut() throws Exception {
        var took = new long[BOARDS];
        for (int i = 0; i < BOARDS; i++) {
            var id = "cut-" + i;
            var identity = TestClients.registered(bench, id);
            var client = TestClients.connected(bench, id, identity);
            var lostAt = new AtomicLong();
            client.setCallback(new Watcher(lostAt));

            ca("revoke", "--id", id, "--reason", "key-compromise");

            long ended = System.nanoTime();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> lostAt.get() != 0);
            // The process takes a while to end after the revocation is on disk; the cut may come before that.
            took[i] = Math.max(0, lostAt.get() - ended) / 1_000_000;
            assertStaysOut(client, identity);
            TestClients.end(client);
        }
        System.out.println("revocation to cut, ms after ./ft900 ca revoke had ended: " + Arrays.toString(took));
        assertThat(Arrays.stream(took).max().orElseThrow()).isLessThan(LIMIT.toMillis());
    }

    @Test
    void boardsOfTheOldAndTheNewAuthorityConnectSideBySideAfterARollover() throws Exception {
        var before = TestClients.registered(bench, "roll-before");

        ca("rollover");

        var after = TestClients.registered(bench, "roll-after");
        assertThat(after.chain().get(1)).isNotEqualTo(before.chain().get(1));
        var one = TestClients.connected(bench, "roll-before", before);
        // An outside broker is told of the new authority by the gateway, and refuses its boards until then.
        var other = await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(MqttException.class)
                .until(() -> TestClients.connected(bench, "roll-after", after), MqttClient::isConnected);
        assertThat(one.isConnected()).isTrue();
        assertThat(other.isConnected()).isTrue();
        TestClients.end(one);
        TestClients.end(other);
    }
}
