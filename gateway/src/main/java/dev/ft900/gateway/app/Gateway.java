package dev.ft900.gateway.app;

import dev.ft900.ca.authority.Authority;
import dev.ft900.ca.authority.IssuingException;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.Endpoints;
import dev.ft900.gateway.access.Access;
import dev.ft900.gateway.access.CertificateRoles;
import dev.ft900.gateway.access.ClientCertificates;
import dev.ft900.gateway.access.DeviceGroups;
import dev.ft900.gateway.access.IdempotencyStore;
import dev.ft900.gateway.access.RateLimits;
import dev.ft900.gateway.broker.Broker;
import dev.ft900.gateway.broker.BrokerChoice;
import dev.ft900.gateway.broker.BrokerException;
import dev.ft900.gateway.broker.outside.BrokerChild;
import dev.ft900.gateway.broker.outside.KitSettings;
import dev.ft900.gateway.device.PresenceTracker;
import dev.ft900.gateway.http.EventFeed;
import dev.ft900.gateway.http.RestServer;
import dev.ft900.gateway.http.Serving;
import dev.ft900.gateway.mqtt.MqttLink;
import dev.ft900.gateway.mqtt.PahoLink;
import dev.ft900.gateway.operations.Metrics;
import dev.ft900.gateway.operations.Readiness;
import dev.ft900.gateway.tls.ServerIdentities;
import dev.ft900.protocol.dialect.NativeTopic;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.slot.BrokerAddress;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A running gateway with its broker. What was started is stopped in the opposite order, also when the start fails half-way.
 */
public final class Gateway implements AutoCloseable {
    private static final Duration LINK_TO_OWN_BROKER = Duration.ofSeconds(15);

    /** It may have been started beside the gateway a moment ago; RabbitMQ takes up to half a minute. */
    private static final Duration LINK_TO_OUTSIDE_BROKER = Duration.ofSeconds(60);

    private final Parts parts = new Parts();
    private final GatewaySettings settings;
    private final Clock clock = Clock.systemUTC();
    private Foundation base;
    private PresenceTracker presence;
    private Endpoints endpoints;
    private ServerIdentities identities;
    private String token;
    private Runnable draining = () -> {};
    private CompletableFuture<Void> replaced = new CompletableFuture<>();

    private Gateway(GatewaySettings settings) {
        this.settings = settings;
    }

    /**
     * Starts a gateway, making authority, certificates and token where they are missing. Returns when it serves.
     *
     * @throws StartException it cannot; the message says why and what to do
     */
    public static Gateway start(GatewaySettings settings) throws StartException {
        var gateway = new Gateway(settings);
        try {
            gateway.start();
            return gateway;
        } catch (IOException e) {
            gateway.close();
            throw new StartException(e.getMessage(), e);
        } catch (IssuingException e) {
            gateway.close();
            throw new StartException("the gateway's own certificates cannot be made: " + e.getMessage(), e);
        } catch (StartException | RuntimeException e) {
            gateway.close();
            throw e;
        }
    }

    private void start() throws StartException, IOException, IssuingException {
        base = Foundation.open(settings, clock, parts);
        token = DeveloperToken.of(base.state(), base.tokens());
        var brokerFolder = base.state().path().resolve("broker");
        // Before ports are looked for: it may hold the one of last time.
        BrokerChild.stopLeftOver(brokerFolder);
        var addresses = OwnAddresses.choose(settings, Endpoints.load(base.state()));
        var hosts = new Hosts(settings.listen(), settings.advertise());
        identities = new ServerIdentities(base.state(), base.database(), base.authority(), clock);
        var certificates = OwnCertificates.open(settings, identities, hosts);
        // Kept before the servers, so that it is still there for the last requests.
        var audit = AuditTrail.open(base.database(), parts);
        // The broker takes the longest to start; the HTTP server is made meanwhile.
        var scratch = parts.keep(Scratch.fresh(brokerFolder));
        presence = new PresenceTracker(clock);
        var messenger = new MqttMessenger();
        var brokerStart = new BrokerStart(
                settings,
                scratch.folder(),
                certificates.broker(),
                hosts.own(),
                base.enrolment(),
                new AuthorityLists(base.authorities()),
                messenger,
                clientId -> BoardId.from(clientId).ifPresent(presence::cutOff),
                Admission.of(settings.firstConnect(), base, audit.log()));
        var startingBroker = CompletableFuture.supplyAsync(() -> startBroker(brokerStart, addresses.broker()));
        parts.keep(() -> startingBroker
                .thenAccept(Broker::close)
                .exceptionally(failure -> null)
                .join());
        var rest = RestServer.create(
                settings.listen(), addresses.gateway().getPort(), certificates.rest(), settings.rest());
        var core = new DeviceCore(
                settings,
                base,
                presence,
                messenger,
                revocation -> startingBroker.join().shutOut(revocation),
                parts);
        var broker = await(startingBroker);
        look(certificates, rest, broker, core.keeper());
        var up = new CountDownLatch(1);
        var link = connect(broker, certificates, core.listener(broker.isEmbedded(), up));
        messenger.use(link);
        core.begin(parts);
        audit.look(core.keeper(), settings.rest().audit(), clock);
        serve(rest, core, addresses.broker(), audit, broker, link);
        awaitLink(up, broker.isEmbedded() ? LINK_TO_OWN_BROKER : LINK_TO_OUTSIDE_BROKER);
        endpoints = new Endpoints(OwnAddresses.rest(settings, rest.port()), addresses.broker());
        endpoints.save(base.state());
    }

    /** Looks after the certificates from now on, on the keeper's thread. */
    private void look(OwnCertificates certificates, RestServer rest, Broker broker, ScheduledExecutorService keeper)
            throws IOException {
        certificates.watch(keeper, rest, broker);
        if (settings.broker() instanceof BrokerChoice.Kit kit) {
            new KitCertificate(KitSettings.load(kit.folder()).kind(), kit.folder(), base.database(), clock)
                    .watch(keeper, settings.patience().certificateCheck());
        }
    }

    /** The link to the broker, with the gateway's own topics, until another gateway takes its name. */
    private MqttLink connect(Broker broker, OwnCertificates certificates, LinkListener listener) {
        var link = parts.keep(PahoLink.open(
                broker.uri(), settings.name().commonName(), certificates::own, broker.isEmbedded(), listener));
        replaced = base.lease().lost().thenRun(() -> {
            // The other one has the client id and the topics of this name.
            link.close();
            listener.disconnected();
        });
        link.subscribe(NativeTopic.replyFilter(settings.name()));
        link.subscribe(NativeTopic.eventFilter());
        link.subscribe(NativeTopic.frameReplyFilter(settings.name()));
        return link;
    }

    private void serve(
            RestServer rest, DeviceCore core, BrokerAddress address, AuditTrail audit, Broker broker, MqttLink link)
            throws StartException {
        var database = base.database();
        var metrics = new Metrics();
        core.commands().addListener(metrics);
        new Gauges(core.commands(), presence, broker, link, core.queue(), core.hub(), audit.log(), database, rest)
                .addTo(metrics);
        var readiness = new Readiness(
                Map.of(
                        "database", database::isAlive,
                        "broker", link::isConnected,
                        "name", () -> !replaced.isDone()),
                rest::isDraining);
        parts.keep(rest);
        var serving = new Serving(
                core.devices(address, rest.executor()),
                parts.keep(new EventFeed(core.hub())),
                access(),
                audit.log(),
                audit.refusals(),
                new IdempotencyStore(database, base.lease().clock()),
                readiness,
                metrics);
        try {
            rest.start(serving);
        } catch (IOException e) {
            throw new StartException(
                    "expected to listen for HTTPS; " + e.getMessage() + ". Choose another port with --https-port.", e);
        }
        draining = () -> rest.drain(settings.patience().drain());
    }

    private Access access() {
        var roles = new CertificateRoles(base.database(), clock);
        return new Access(
                base.tokens(),
                roles,
                new ClientCertificates(base.enrolment(), roles, clock),
                new DeviceGroups(base.database()),
                new RateLimits(settings.rest().limits().callsPerSecond()));
    }

    private static Broker startBroker(BrokerStart start, BrokerAddress address) {
        try {
            return start.start(address);
        } catch (BrokerException | IOException e) {
            throw new CompletionException(e);
        }
    }

    private static Broker await(CompletableFuture<Broker> starting) throws StartException {
        try {
            return starting.join();
        } catch (CompletionException e) {
            throw new StartException(e.getCause().getMessage(), e.getCause());
        }
    }

    private static void awaitLink(CountDownLatch up, Duration patience) throws StartException {
        try {
            if (!up.await(patience.toSeconds(), TimeUnit.SECONDS)) {
                throw new StartException("expected the gateway to connect to the broker within " + patience.toSeconds()
                        + " s; it did not. The log has the reason.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while starting", e);
        }
    }

    public Endpoints endpoints() {
        return endpoints;
    }

    /** The developer's token, also in {@code STATE/token}. */
    public String token() {
        return token;
    }

    public Authority authority() {
        return base.authority();
    }

    public Enrolment enrolment() {
        return base.enrolment();
    }

    /** Where identities for more servers and gateways come from. */
    public ServerIdentities identities() {
        return identities;
    }

    /** Whether a board is connected now. */
    public boolean isOnline(BoardId id) {
        return presence.standing(id).filter(standing -> standing.isOnline()).isPresent();
    }

    /**
     * Ends well when another gateway has taken this one's place under its name: it is disconnected from the broker and unready, and whoever
     * started it should close it.
     */
    public CompletableFuture<Void> replaced() {
        return replaced;
    }

    /**
     * Takes no more calls, and lets those under way finish or tells them that they will not. Everything else goes on, so that boards can
     * still answer. Waits as long as the settings allow.
     */
    public void drain() {
        draining.run();
    }

    @Override
    public void close() {
        drain();
        parts.close();
    }
}
