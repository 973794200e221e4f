package dev.ft900.hil;

import static org.awaitility.Awaitility.await;

import dev.ft900.agent.board.BoardConfig;
import dev.ft900.ca.authority.Authority;
import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.authority.IssuedCertificate;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.PolicyException;
import dev.ft900.ca.authority.Profiles;
import dev.ft900.ca.authority.SubjectName;
import dev.ft900.ca.store.CertificateStore;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.tls.TlsIdentity;
import dev.ft900.hil.SharedChain.Bench;
import dev.ft900.protocol.dialect.IncomingRequest;
import dev.ft900.protocol.dialect.PresenceCodec;
import dev.ft900.protocol.dialect.ReplyCodec;
import dev.ft900.protocol.dialect.RequestCodec;
import dev.ft900.protocol.message.BoardStatus;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.message.Reply;
import dev.ft900.protocol.message.Request;
import dev.ft900.protocol.message.ResetCause;
import dev.ft900.protocol.message.Result;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.name.GatewayName;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Raw MQTT clients that hold some certificate, good or bad: what an attacker has, or somebody who plays a board. */
final class TestClients {
    private static final BootId BOOT = new BootId("0000beef");

    private TestClients() {}

    /** A board registered over REST or here, whose key the test holds. */
    static TlsIdentity registered(Bench bench, String id) throws Exception {
        var key = KeyKind.P256.generate();
        var issued = bench.chain()
                .gateway()
                .enrolment()
                .register(new BoardId(id), key.getPublic(), Optional.empty(), Optional.empty());
        return new TlsIdentity(key.getPrivate(), issued.chain(), List.of(root(bench)));
    }

    /** Another certificate of a registered board, on a key of its own. */
    static TlsIdentity renewed(Bench bench, String id) throws Exception {
        var key = KeyKind.P256.generate();
        var issued = bench.chain()
                .gateway()
                .enrolment()
                .renew(new BoardId(id), key.getPublic(), Optional.empty())
                .orElseThrow();
        return new TlsIdentity(key.getPrivate(), issued.chain(), List.of(root(bench)));
    }

    /** Another gateway of the same authority. */
    static TlsIdentity gateway(Bench bench, String name) throws Exception {
        return bench.chain()
                .gateway()
                .identities()
                .get(
                        name,
                        Profiles.GATEWAY,
                        new GatewayName(name).commonName(),
                        List.of(SubjectName.ofHost("localhost").orElseThrow()));
    }

    private static X509Certificate root(Bench bench) {
        return bench.chain().gateway().authority().root();
    }

    /** A certificate for a board's id from an authority that nobody here knows. */
    static TlsIdentity foreign(Bench bench, String id, Path elsewhere) throws Exception {
        try (var database = StateDatabase.open(new StateFolder(elsewhere))) {
            var authority = new AuthorityFolder(new StateFolder(elsewhere), database, Clock.systemUTC()).openOrCreate();
            return identity(bench, database, authority, id, Optional.empty());
        }
    }

    /** A certificate of our own authority for a board's id that ended an hour ago. */
    static TlsIdentity expired(Bench bench, String id) throws Exception {
        var past = Clock.fixed(Instant.now().minus(Duration.ofHours(25)), ZoneOffset.UTC);
        try (var database = StateDatabase.open(bench.state())) {
            var authority =
                    new AuthorityFolder(bench.state(), database, past).open().orElseThrow();
            return identity(bench, database, authority, id, Optional.of(Duration.ofHours(24)));
        }
    }

    private static TlsIdentity identity(
            Bench bench, StateDatabase database, Authority authority, String id, Optional<Duration> valid)
            throws PolicyException {
        var key = KeyKind.P256.generate();
        IssuedCertificate issued = database.jdbi()
                .inTransaction(handle -> authority.issue(
                        new CertificateStore(handle),
                        authority.profiles().get("board"),
                        id,
                        List.of(),
                        key.getPublic(),
                        valid));
        return new TlsIdentity(key.getPrivate(), issued.chain(), List.of(root(bench)));
    }

    static MqttConnectOptions options(TlsIdentity identity) {
        var options = new MqttConnectOptions();
        options.setCleanSession(true);
        options.setConnectionTimeout(10);
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setSocketFactory(identity.context().getSocketFactory());
        return options;
    }

    static MqttClient client(Bench bench, String clientId) throws MqttException {
        var client =
                new MqttClient(bench.chain().gateway().endpoints().broker().uri(), clientId, new MemoryPersistence());
        client.setTimeToWait(10_000);
        return client;
    }

    /** A client that is connected with this identity under its own name. */
    static MqttClient connected(Bench bench, String id, TlsIdentity identity) throws MqttException {
        var client = client(bench, id);
        client.connect(options(identity));
        return client;
    }

    /**
     * Publishes with QoS 1 and waits for nothing, as a callback of Paho must; what is still unacknowledged when the client ends is
     * nobody's failure.
     */
    static void publish(MqttClient client, String topic, byte[] payload, boolean retained) {
        try {
            client.getTopic(topic).publish(payload, 1, retained);
        } catch (MqttException e) {
            throw new IllegalStateException("could not publish on " + topic, e);
        }
    }

    /** What a board that a test plays says of itself. */
    static Reply status(Request request, BootId boot) {
        var status =
                new BoardStatus(BoardConfig.FIRMWARE, BoardConfig.CHIP_ID, ResetCause.POWER_ON, 1, false, 1, false);
        return Reply.done(request.id(), boot, new Result.Status(status));
    }

    /** Answers a question for the status, which a gateway asks when it came to know of the board after its birth; nothing else. */
    static void answerStatus(MqttClient client, String topic, byte[] payload) {
        if (RequestCodec.decode(payload) instanceof IncomingRequest.Accepted accepted
                && accepted.request().command() instanceof Command.ReadStatus) {
            publish(
                    client,
                    topic.replace("/req/", "/rep/"),
                    ReplyCodec.encode(status(accepted.request(), BOOT)),
                    false);
        }
    }

    /** With it a board that a test plays says that it is there. */
    static byte[] birth() {
        return PresenceCodec.encode(
                new Presence.Up(BOOT, 1, ResetCause.POWER_ON, BoardConfig.FIRMWARE, false, 1, Optional.empty()));
    }

    /** Ends a client, in whatever state it is. */
    static void end(MqttClient client) {
        try {
            client.disconnectForcibly(0, 0, false);
            client.close(true);
        } catch (MqttException e) {
            // It had ended already.
            return;
        }
    }

    static void requireOnline(Bench bench, String id) throws IOException {
        await().until(() ->
                bench.rest().get("/api/v1/devices/" + id).body().path("online").asBoolean());
    }
}
