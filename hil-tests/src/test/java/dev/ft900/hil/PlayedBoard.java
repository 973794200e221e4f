package dev.ft900.hil;

import static org.awaitility.Awaitility.await;

import dev.ft900.agent.board.BoardConfig;
import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.tls.TlsIdentity;
import dev.ft900.protocol.dialect.EventCodec;
import dev.ft900.protocol.dialect.IncomingRequest;
import dev.ft900.protocol.dialect.PresenceCodec;
import dev.ft900.protocol.dialect.ReplyCodec;
import dev.ft900.protocol.dialect.RequestCodec;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.PadEdge;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.message.Reply;
import dev.ft900.protocol.message.Request;
import dev.ft900.protocol.message.ResetCause;
import dev.ft900.protocol.message.Result;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A board that a test plays: it writes texts to its UART, notes how often each came, and falls silent when it is to. */
final class PlayedBoard implements AutoCloseable {
    private static final BootId BOOT = new BootId("0000beef");

    private final BoardId id;
    private final TlsIdentity identity;
    private final Map<String, AtomicInteger> written = new ConcurrentHashMap<>();
    private final List<String> order = new CopyOnWriteArrayList<>();
    private final String silentAt;
    private MqttClient client;
    private int connection;

    private PlayedBoard(BoardId id, TlsIdentity identity, String silentAt) {
        this.id = id;
        this.identity = identity;
        this.silentAt = silentAt;
    }

    /** @param silentAt the text that it writes without answering; it is gone then */
    static PlayedBoard register(StateFolder state, String name, String silentAt) throws Exception {
        var id = new BoardId(name);
        try (var database = StateDatabase.open(state)) {
            var authority = new AuthorityFolder(state, database, Clock.systemUTC()).openOrCreate();
            var key = KeyKind.P256.generate();
            var issued = new Enrolment(database, authority, Clock.systemUTC())
                    .register(id, key.getPublic(), Optional.empty(), Optional.empty());
            return new PlayedBoard(
                    id, new TlsIdentity(key.getPrivate(), issued.chain(), List.of(authority.root())), silentAt);
        }
    }

    /** How often each text came. */
    Map<String, AtomicInteger> written() {
        return written;
    }

    /** The texts in the order in which they came. */
    List<String> order() {
        return order;
    }

    boolean isConnected() {
        return client != null && client.isConnected();
    }

    /** Whether the broker lets it in no more. */
    boolean isRefused(String broker) {
        cut();
        try {
            connect(broker);
            return false;
        } catch (MqttException e) {
            return true;
        }
    }

    /** One of its inputs rises. */
    void rise(Pad pad) {
        TestClients.publish(
                client, "ft900/" + id + "/ev", EventCodec.encode(new PadEdge(BOOT, 1, pad, Level.HIGH, 1)), false);
    }

    /** Comes, as from the same boot as before. */
    void connect(String broker) throws MqttException {
        var session = new MqttClient(broker, id.value(), new MemoryPersistence());
        client = session;
        session.setTimeToWait(10_000);
        var options = TestClients.options(identity);
        connection++;
        options.setWill("ft900/" + id + "/up", PresenceCodec.encode(new Presence.Gone(BOOT, connection)), 1, true);
        session.connect(options);
        session.subscribe("ft900/" + id + "/req/+", 1, (topic, message) -> {
            var request = ((IncomingRequest.Accepted) RequestCodec.decode(message.getPayload())).request();
            answer(request)
                    .ifPresent(reply -> TestClients.publish(
                            session, topic.replace("/req/", "/rep/"), ReplyCodec.encode(reply), false));
        });
        var birth = new Presence.Up(
                BOOT, connection, ResetCause.POWER_ON, BoardConfig.FIRMWARE, false, 1, Optional.empty());
        TestClients.publish(session, "ft900/" + id + "/up", PresenceCodec.encode(birth), true);
    }

    private Optional<Reply> answer(Request request) {
        if (request.command() instanceof Command.WriteUart uart) {
            order.add(uart.text());
            written.computeIfAbsent(uart.text(), text -> new AtomicInteger()).incrementAndGet();
            return uart.text().equals(silentAt)
                    ? Optional.empty()
                    : Optional.of(Reply.done(
                            request.id(),
                            BOOT,
                            new Result.UartWritten(uart.text().length())));
        }
        return Optional.of(TestClients.status(request, BOOT));
    }

    /** Waits until a text has come. */
    void awaitWritten(String text) {
        await().atMost(Duration.ofSeconds(60)).until(() -> written.containsKey(text));
    }

    /** Its power is gone: the connection ends without a word. */
    void cut() {
        if (client != null) {
            TestClients.end(client);
            client = null;
        }
    }

    @Override
    public void close() {
        cut();
    }
}
