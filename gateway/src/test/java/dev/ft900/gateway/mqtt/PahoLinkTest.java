package dev.ft900.gateway.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.authority.Profiles;
import dev.ft900.ca.authority.SubjectName;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.tls.ServerIdentities;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway follows thousands of boards: none of its subscriptions may be lost, or a board would stay offline for ever. */
class PahoLinkTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    /** For a broker that is silent: short, so that the test is. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Two portions and a part of a third. */
    private static final List<String> TOPICS =
            IntStream.range(0, 1_234).mapToObj(i -> "ft900/board" + i + "/up").toList();

    /** What a broker takes in one packet, as our own one is set. */
    private static final int MAX_PACKET = 65_536;

    @TempDir
    Path dir;

    private final AtomicInteger connected = new AtomicInteger();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private ScriptedBroker broker;
    private PahoLink link;

    @BeforeEach
    void open() throws Exception {
        open(LONG);
    }

    /** Before anything was greeted: a busy machine may take long over a handshake, where nothing is silent. */
    private void openImpatient() throws Exception {
        close();
        open(PATIENCE);
    }

    private void open(Duration patience) throws Exception {
        var state = new StateFolder(dir);
        try (var database = StateDatabase.open(state)) {
            var authority = new AuthorityFolder(state, database, Clock.systemUTC()).openOrCreate();
            var identities = new ServerIdentities(state, database, authority, Clock.systemUTC());
            var hosts = List.of(SubjectName.ofHost("localhost").orElseThrow());
            broker = new ScriptedBroker(identities
                    .get("broker", Profiles.BROKER, "localhost", hosts)
                    .context());
            var own = identities.get("gateway", Profiles.GATEWAY, "gw.main", hosts);
            link = PahoLink.open(broker.uri(), "gw.main", () -> own, false, patience, new Listening());
        }
        TOPICS.forEach(link::subscribe);
    }

    @AfterEach
    void close() throws Exception {
        link.close();
        broker.close();
    }

    private final class Listening implements MqttLink.Listener {
        @Override
        public void connected() {
            connected.incrementAndGet();
        }

        @Override
        public void disconnected() {
            // The next connection is awaited.
        }

        @Override
        public void received(String topic, byte[] payload, boolean retained) {
            received.add(topic);
            throw new IllegalStateException("the listener has a fault");
        }
    }

    /** What was subscribed to in one connection, in the order of the packets. */
    private List<String> subscribedIn(int connection) {
        return broker.connections().get(connection).stream()
                .flatMap(Collection::stream)
                .toList();
    }

    @Test
    void everySubscriptionIsMadeInPacketsThatABrokerTakesBeforeTheLinkIsSaidToStand() {
        broker.greet();
        await().atMost(LONG).until(() -> connected.get() == 1);

        assertThat(subscribedIn(0)).containsExactlyInAnyOrderElementsOf(TOPICS);
        assertThat(broker.connections().get(0)).hasSizeLessThan(10);
        assertThat(broker.longestPacket()).isLessThan(MAX_PACKET);
    }

    @Test
    void aConnectionThatEndsBetweenTwoPortionsIsNotSaidToStandAndTheNextHasThemAll() {
        broker.breakAfter(1);
        broker.greet();
        await().atMost(LONG).until(() -> connected.get() == 1);

        assertThat(broker.connections()).hasSize(2);
        assertThat(subscribedIn(0)).hasSizeLessThan(TOPICS.size());
        assertThat(subscribedIn(1)).containsExactlyInAnyOrderElementsOf(TOPICS);
    }

    @Test
    void whatIsFollowedLaterIsThereAfterAReconnect() throws Exception {
        broker.greet();
        await().atMost(LONG).until(() -> connected.get() == 1);
        link.subscribe("ft900/later/up");
        await().atMost(LONG).until(() -> subscribedIn(0).contains("ft900/later/up"));
        broker.breakNow();
        await().atMost(LONG).until(() -> connected.get() == 2);

        assertThat(subscribedIn(1)).hasSize(TOPICS.size() + 1).contains("ft900/later/up");
    }

    @Test
    void aBrokerThatIsSilentAfterTheHandshakeIsGivenUpAndTriedAgain() throws Exception {
        openImpatient();
        broker.stayNextSilent(2);
        broker.greet();
        await().atMost(LONG).until(() -> connected.get() == 1);

        assertThat(broker.connections()).hasSize(3);
        assertThat(broker.greeted()).isEqualTo(1);
        assertThat(link.isConnected()).isTrue();
    }

    @Test
    void aBrokerThatDoesNotAnswerASubscriptionIsGivenUpAndTriedAgain() throws Exception {
        openImpatient();
        broker.leaveSubscriptionsUnanswered(1);
        broker.greet();
        await().atMost(LONG).until(() -> connected.get() == 1);

        assertThat(broker.connections()).hasSize(2);
        assertThat(subscribedIn(1)).containsExactlyInAnyOrderElementsOf(TOPICS);
    }

    @Test
    void aConnectionWithoutAllItsSubscriptionsIsNotSaidToStandAndIsMadeAnew() {
        broker.refuse(2);
        broker.greet();
        await().atMost(LONG).until(() -> connected.get() == 1);

        assertThat(broker.connections()).hasSize(3);
        assertThat(subscribedIn(2)).containsExactlyInAnyOrderElementsOf(TOPICS);
    }

    @Test
    void aListenerThatFailsAtAMessageCostsNoConnection() throws Exception {
        broker.greet();
        await().atMost(LONG).until(() -> connected.get() == 1);
        broker.deliver("ft900/board1/up");
        broker.deliver("ft900/board2/up");

        await().atMost(LONG).until(() -> received.size() == 2);
        assertThat(received).containsExactly("ft900/board1/up", "ft900/board2/up");
        assertThat(link.isConnected()).isTrue();
        assertThat(broker.connections()).hasSize(1);
    }
}
