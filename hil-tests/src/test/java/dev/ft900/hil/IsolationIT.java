package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ft900.gateway.broker.BrokerKind;
import dev.ft900.gateway.tls.TlsIdentity;
import dev.ft900.hil.SharedChain.Bench;
import dev.ft900.protocol.dialect.PresenceCodec;
import dev.ft900.protocol.dialect.ReplyCodec;
import dev.ft900.protocol.dialect.RequestCodec;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.ErrorCode;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.message.Reply;
import dev.ft900.protocol.message.Request;
import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.name.CommandId;
import dev.ft900.protocol.pad.Direction;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody holds one board's key and wants more. Judged by what happens: nothing delivered, nothing accepted, the victim undisturbed. */
@ExtendWith(SharedChain.class)
class IsolationIT {
    private static final String VICTIM = "board3";
    private static final String DEVICE = "/api/v1/devices/" + VICTIM;
    private static final String ATTACKER = "attacker";

    /** The attacker's identity is the same in all tests: registered by the first. */
    private static TlsIdentity stolen;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private Bench bench;
    private MqttClient attacker;
    private JsonNode before;

    @BeforeEach
    void connect(Bench shared) throws Exception {
        bench = shared;
        if (stolen == null) {
            stolen = TestClients.registered(bench, ATTACKER);
        }
        TestClients.requireOnline(bench, VICTIM);
        before = bench.rest().get(DEVICE).body();
        attacker = TestClients.connected(bench, ATTACKER, stolen);
    }

    @AfterEach
    void theVictimIsUndisturbed() throws IOException {
        TestClients.end(attacker);
        assertThat(bench.rest().get(DEVICE).body()).isEqualTo(before);
        assertThat(bench.rest().get(DEVICE + "/status").status()).isEqualTo(200);
    }

    private BootId victimBoot() {
        return new BootId(before.path("bootId").asText());
    }

    private boolean subscribes(String filter) {
        try {
            attacker.subscribe(filter, 1, (topic, message) -> heard.add(topic));
            return true;
        } catch (MqttException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#",
                "+/#",
                "ft900/#",
                "ft900/+/req/+",
                "ft900/+/req/main",
                "ft900/+/rep/+",
                "ft900/+/rep/main",
                "ft900/board3/req/+",
                "ft900/board3/req/main",
                "ft900/board3/rep/main",
                "ft900/board3/up",
                "ft900/board3/ev",
                "ft900/board3/pin/main",
                "$SYS/#",
                "$share/g/ft900/+/req/+",
                "$share/g/#",
                "$share/g/ft900/attacker/req/+",
                "server/#",
                "board3/#"
            })
    void hearsNothingOfOthers(String filter) throws IOException {
        boolean granted = subscribes(filter);

        for (int i = 0; i < 3; i++) {
            assertThat(bench.rest().get(DEVICE + "/gpio/12").status()).isEqualTo(200);
        }

        letEverythingArrive();
        assertThat(heard).isEmpty();
        // Mosquitto says yes to every subscription and then delivers what is allowed.
        assertThat(granted).isEqualTo(TestBroker.kind() == BrokerKind.MOSQUITTO);
    }

    /** What the broker has for the attacker comes before the answer to what the attacker publishes now. */
    private void letEverythingArrive() {
        try {
            attacker.publish("ft900/attacker/ev", new byte[0], 1, false);
        } catch (MqttException e) {
            // It was thrown off: then nothing comes any more.
            assertThat(attacker.isConnected()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ft900/board3/req/main",
                "ft900/board3/req/attacker",
                "ft900/board3/pin/main",
                "ft900/attacker/req/main"
            })
    void commandsNobody(String topic) throws Exception {
        var command = new Request(
                new CommandId("evil"),
                Optional.of(victimBoot()),
                new Command.WritePad(
                        new Pad(15),
                        Optional.of(Level.HIGH),
                        Optional.of(Direction.OUT),
                        Optional.empty(),
                        Optional.empty()));

        publish(topic, RequestCodec.encode(command), false);

        assertThat(bench.rest()
                        .get(DEVICE + "/gpio/15")
                        .body()
                        .path("direction")
                        .asText())
                .isEqualTo("in");
        assertThat(bench.dut(VICTIM).pins().level(new Pad(15))).isEqualTo(Level.LOW);
    }

    @Test
    void answersForNobodyElse() throws Exception {
        var lie = Reply.refused(new CommandId("x"), victimBoot(), ErrorCode.FAILED, "lie");

        publish("ft900/board3/rep/main", ReplyCodec.encode(lie), false);
        publish("ft900/board3/pout/main", new byte[] {1}, false);
        publish("ft900/board3/ev", new byte[] {1}, false);

        assertThat(bench.rest().get(DEVICE + "/gpio/12").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void declaresNobodyElseDead(boolean retained) throws Exception {
        publish("ft900/board3/up", PresenceCodec.encode(new Presence.Gone(victimBoot(), 99)), retained);

        assertThat(bench.rest().get(DEVICE).body().path("online").asBoolean()).isTrue();
    }

    @Test
    void leavesNothingRetainedButItsOwnPresence() throws Exception {
        publish("ft900/attacker/rep/main", new byte[] {1}, true);
        publish("ft900/attacker/ev", new byte[] {1}, true);

        if (TestBroker.kind() == BrokerKind.EMBEDDED) {
            assertThat(attacker.isConnected()).isFalse();
        }
        assertThat(newsForAnotherGateway("ft900/+/ev")).isEmpty();
    }

    /** What a gateway that subscribes now would take for news: everything that is not marked as retained, which gateways drop. */
    private List<String> newsForAnotherGateway(String filter) throws Exception {
        var news = new CopyOnWriteArrayList<String>();
        var gateway = TestClients.connected(bench, "gw.bench", TestClients.gateway(bench, "bench"));
        try {
            gateway.subscribe(filter, 1, (topic, message) -> {
                if (!message.isRetained()) {
                    news.add(topic);
                }
            });
            gateway.publish("ft900/board3/req/bench", new byte[0], 1, false);
            return news;
        } finally {
            TestClients.end(gateway);
        }
    }

    @Test
    void namesNoForeignTopicInItsLastWill() throws Exception {
        TestClients.end(attacker);
        var options = TestClients.options(stolen);
        options.setWill("ft900/board3/up", PresenceCodec.encode(new Presence.Gone(victimBoot(), 99)), 1, true);
        attacker = TestClients.client(bench, ATTACKER);
        try {
            attacker.connect(options);
        } catch (MqttException e) {
            // Refusing the connection is one way of not accepting the will.
            assertThat(attacker.isConnected()).isFalse();
        }

        attacker.disconnectForcibly(0, 0, false);

        assertThat(bench.rest().get(DEVICE).body().path("online").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"board3", "gw.main", "board1", "ATTACKER", "attacker2"})
    void evictsNobodyByTakingItsClientId(String clientId) throws Exception {
        var thief = TestClients.client(bench, clientId);
        try {
            thief.connect(TestClients.options(stolen));
            // Mosquitto puts the certificate's name in place of the client id.
            assertThat(TestBroker.kind()).isEqualTo(BrokerKind.MOSQUITTO);
        } catch (MqttException e) {
            assertThat(thief.isConnected()).isFalse();
        } finally {
            TestClients.end(thief);
        }

        assertThat(bench.rest().get(DEVICE + "/gpio/12").status()).isEqualTo(200);
        assertThat(bench.rest().get("/healthz").status()).isEqualTo(200);
    }

    /** A forbidden publish ends the connection, or is dropped; this client wants to go on in either case. */
    private void publish(String topic, byte[] payload, boolean retained) throws Exception {
        if (!attacker.isConnected()) {
            TestClients.end(attacker);
            attacker = TestClients.connected(bench, ATTACKER, stolen);
        }
        try {
            attacker.publish(topic, payload, 1, retained);
        } catch (MqttException e) {
            await().atMost(Duration.ofSeconds(5)).until(() -> !attacker.isConnected());
        }
    }
}
