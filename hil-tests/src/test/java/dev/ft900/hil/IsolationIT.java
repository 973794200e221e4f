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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
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
    private static final String OWN = "ft900/" + ATTACKER + "/";
    private static final String BYSTANDER = "bystander";
    private static final String CONTROL = "$CONTROL/dynamic-security/v1";
    private static final Duration LONG = Duration.ofSeconds(60);

    /** These identities are the same in all tests: registered by the first. */
    private static TlsIdentity stolen;

    private static TlsIdentity bystanders;

    private Bench bench;
    private MqttClient attacker;
    private JsonNode before;

    @BeforeEach
    void connect(Bench shared) throws Exception {
        bench = shared;
        if (stolen == null) {
            stolen = TestClients.registered(bench, ATTACKER);
            bystanders = TestClients.registered(bench, BYSTANDER);
        }
        TestClients.requireOnline(bench, VICTIM);
        before = bench.rest().get(DEVICE).body();
        attacker = TestClients.connected(bench, ATTACKER, stolen);
    }

    @AfterEach
    void theVictimIsUndisturbed() throws IOException {
        TestClients.end(attacker);
        letTheGatewayHearEverything();
        assertThat(bench.rest().get(DEVICE).body()).isEqualTo(before);
    }

    /** What came to the gateway's session before the answer to this. */
    private void letTheGatewayHearEverything() throws IOException {
        assertThat(bench.rest().get(DEVICE + "/status").status()).isEqualTo(200);
    }

    private BootId victimBoot() {
        return new BootId(before.path("bootId").asText());
    }

    private boolean subscribes(String filter) {
        try {
            attacker.subscribe(filter, 1);
            return true;
        } catch (MqttException e) {
            return false;
        }
    }

    /** A client that notes on which topics it hears what. */
    private static List<String> hearing(MqttClient client) {
        var heard = new CopyOnWriteArrayList<String>();
        client.setCallback(new MqttCallback() {
            @Override
            public void messageArrived(String topic, MqttMessage message) {
                heard.add(topic);
            }

            @Override
            public void connectionLost(Throwable cause) {
                // Some brokers end the connection of who asks too much.
            }

            @Override
            public void deliveryComplete(IMqttDeliveryToken token) {
                // Nobody waits for it.
            }
        });
        return heard;
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
                "ft900/bystander/#",
                "ft900/bystander/req/bench",
                "ft900/bystander/pin/bench",
                "ft900/bystander/pin/+",
                "ft900/bystander/rep/bench",
                "ft900/bystander/pout/bench",
                "ft900/bystander/up",
                "ft900/bystander/ev",
                "$CONTROL/#",
                "$CONTROL/dynamic-security/v1",
                "$CONTROL/dynamic-security/v1/response",
                "$SYS/#",
                "$share/g/ft900/+/req/+",
                "$share/g/#",
                "$share/g/ft900/attacker/req/+",
                "server/#",
                "board3/#"
            })
    void hearsNothingOfOthers(String filter) throws Exception {
        var heard = hearing(attacker);
        attacker.subscribe(OWN + "req/+", 1);
        try (var others = new Others()) {
            // What is kept for whoever comes, and is there before the attacker asks.
            others.board.publish("ft900/bystander/up", new byte[] {1}, 1, true);

            boolean granted = subscribes(filter);
            for (int i = 0; i < 3; i++) {
                letTheGatewayHearEverything();
            }
            others.speak();

            others.gateway.publish(OWN + "req/bench", new byte[] {1}, 1, false);
            // Somebody else's words were taken before, so that they would have come before.
            await().atMost(LONG).until(() -> heard.contains(OWN + "req/bench") || !attacker.isConnected());
            // Its own it may hear: the gateway itself asks it now and then whether it is there.
            assertThat(heard).allMatch(topic -> topic.startsWith(OWN + "req/"));
            // Mosquitto says yes to every subscription and then delivers what is allowed.
            assertThat(granted).isEqualTo(TestBroker.kind() == BrokerKind.MOSQUITTO);
        }
    }

    /** A board and a gateway that speak to each other on every topic that they have. */
    private final class Others implements AutoCloseable {
        private static final List<String> FROM_BOARD = List.of("rep/bench", "pout/bench", "ev", "up");
        private static final List<String> FROM_GATEWAY = List.of("req/bench", "pin/bench");

        private final MqttClient board = TestClients.connected(bench, BYSTANDER, bystanders);
        private final MqttClient gateway =
                TestClients.connected(bench, "gw.bench", TestClients.gateway(bench, "bench"));
        private final List<String> atBoard = hearing(board);
        private final List<String> atGateway = hearing(gateway);

        Others() throws Exception {
            for (var level : FROM_GATEWAY) {
                board.subscribe("ft900/bystander/" + level.replace("bench", "+"), 1);
            }
            for (var level : FROM_BOARD) {
                gateway.subscribe("ft900/+/" + level, 1);
            }
        }

        /** Returns when each has heard the other. */
        void speak() throws MqttException {
            for (var level : FROM_GATEWAY) {
                gateway.publish("ft900/bystander/" + level, new byte[] {1}, 1, false);
            }
            for (var level : FROM_BOARD) {
                board.publish("ft900/bystander/" + level, new byte[] {1}, 1, false);
            }
            await().atMost(LONG)
                    .until(() -> atBoard.containsAll(all(FROM_GATEWAY)) && atGateway.containsAll(all(FROM_BOARD)));
        }

        private List<String> all(List<String> levels) {
            return levels.stream().map(level -> "ft900/bystander/" + level).toList();
        }

        @Override
        public void close() {
            TestClients.end(board);
            TestClients.end(gateway);
        }
    }

    /** Where Mosquitto's gateways end sessions; elsewhere a topic like others that are nobody's. */
    @ParameterizedTest
    @ValueSource(strings = {VICTIM, "gw.main"})
    void endsNobodysSession(String name) throws Exception {
        var order = """
                {"commands": [{"command": "createClient", "username": "%1$s"}, {"command": "deleteClient", "username": "%1$s"},
                 {"command": "setDefaultACLAccess", "acls": [{"acltype": "subscribe", "allow": true}]}]}""".formatted(name);

        publish(CONTROL, order.getBytes(StandardCharsets.UTF_8), false);

        // On a connection of the same broker that was made after it took or dropped the order.
        try (var others = new Others()) {
            others.speak();
        }
        // That nobody was cut, the victim nor the gateway, is seen in the times of its presence.
        letTheGatewayHearEverything();
        assertThat(bench.rest().get(DEVICE).body()).isEqualTo(before);
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

        letTheGatewayHearEverything();
        assertThat(bench.rest().get(DEVICE).body().path("online").asBoolean()).isTrue();
    }

    @Test
    void leavesNothingRetainedButItsOwnPresence() throws Exception {
        publish(OWN + "rep/bench", new byte[] {1}, true);
        publish(OWN + "ev", new byte[] {1}, true);

        if (TestBroker.kind() == BrokerKind.EMBEDDED) {
            assertThat(attacker.isConnected()).isFalse();
        }
        // By their whole names: RabbitMQ delivers nothing that it keeps to wildcards.
        assertThat(newsForAnotherGateway(OWN + "ev")).isEmpty();
        assertThat(newsForAnotherGateway(OWN + "rep/bench")).isEmpty();
    }

    /** What a gateway that subscribes now would take for news: everything that is not marked as retained, which gateways drop. */
    private List<String> newsForAnotherGateway(String filter) throws Exception {
        var news = new CopyOnWriteArrayList<String>();
        var gateway = TestClients.connected(bench, "gw.bench", TestClients.gateway(bench, "bench"));
        try {
            var others = hearing(gateway);
            gateway.subscribe(filter, 1, (topic, message) -> {
                if (!message.isRetained()) {
                    news.add(topic);
                }
            });
            gateway.subscribe("ft900/board3/up", 1);
            // The victim's birth is kept, and comes after what was kept for the first filter.
            await().atMost(LONG).until(() -> others.contains("ft900/board3/up"));
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
        awaitALastWillThatIsAllowed();

        letTheGatewayHearEverything();
        assertThat(bench.rest().get(DEVICE).body().path("online").asBoolean()).isTrue();
        assertThat(keptOn("ft900/board3/up")).isNotEmpty().noneMatch(payload -> payload.contains("99"));
    }

    /** One of somebody else who disappears later: by then the broker has dealt with the attacker's. */
    private void awaitALastWillThatIsAllowed() throws Exception {
        var gateway = TestClients.connected(bench, "gw.bench", TestClients.gateway(bench, "bench"));
        try {
            var heard = hearing(gateway);
            gateway.subscribe("ft900/+/ev", 1);
            var bystander = TestClients.client(bench, BYSTANDER);
            var options = TestClients.options(bystanders);
            options.setWill("ft900/bystander/ev", new byte[] {1}, 1, false);
            bystander.connect(options);
            TestClients.end(bystander);
            await().atMost(LONG).until(() -> heard.contains("ft900/bystander/ev"));
        } finally {
            TestClients.end(gateway);
        }
    }

    /** What a gateway that comes now is told of the past. */
    private List<String> keptOn(String topic) throws Exception {
        var kept = new CopyOnWriteArrayList<String>();
        var gateway = TestClients.connected(bench, "gw.bench", TestClients.gateway(bench, "bench"));
        try {
            gateway.subscribe(topic, 1, (name, message) -> {
                if (message.isRetained()) {
                    kept.add(new String(message.getPayload(), StandardCharsets.UTF_8));
                }
            });
            await().atMost(LONG).until(() -> !kept.isEmpty());
            return kept;
        } finally {
            TestClients.end(gateway);
        }
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
