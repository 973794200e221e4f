package dev.ft900.gateway.app;

import dev.ft900.ca.authority.Authority;
import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.authority.IssuingException;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.PemException;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.Endpoints;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.gateway.access.Access;
import dev.ft900.gateway.access.AuditLog;
import dev.ft900.gateway.access.CertificateRoles;
import dev.ft900.gateway.access.ClientCertificates;
import dev.ft900.gateway.access.DeviceGroups;
import dev.ft900.gateway.access.IdempotencyStore;
import dev.ft900.gateway.access.RateLimits;
import dev.ft900.gateway.access.Refusals;
import dev.ft900.gateway.access.TokenStore;
import dev.ft900.gateway.broker.Broker;
import dev.ft900.gateway.broker.BrokerChoice;
import dev.ft900.gateway.broker.BrokerException;
import dev.ft900.gateway.broker.FirstConnect;
import dev.ft900.gateway.broker.outside.BrokerChild;
import dev.ft900.gateway.broker.outside.KitSettings;
import dev.ft900.gateway.device.BoardMessages;
import dev.ft900.gateway.device.CommandQueue;
import dev.ft900.gateway.device.CommandRecord;
import dev.ft900.gateway.device.CommandService;
import dev.ft900.gateway.device.DesiredPins;
import dev.ft900.gateway.device.LastKnown;
import dev.ft900.gateway.device.PresenceTracker;
import dev.ft900.gateway.device.RecentCommands;
import dev.ft900.gateway.device.RegistryWatch;
import dev.ft900.gateway.device.RenewalService;
import dev.ft900.gateway.device.ResetService;
import dev.ft900.gateway.event.EventHub;
import dev.ft900.gateway.event.EventSources;
import dev.ft900.gateway.http.Devices;
import dev.ft900.gateway.http.EventFeed;
import dev.ft900.gateway.http.RestServer;
import dev.ft900.gateway.http.Serving;
import dev.ft900.gateway.mqtt.PahoLink;
import dev.ft900.gateway.operations.Metrics;
import dev.ft900.gateway.operations.Readiness;
import dev.ft900.gateway.store.EndedCommands;
import dev.ft900.gateway.store.GatewayDatabase;
import dev.ft900.gateway.store.GatewayLease;
import dev.ft900.gateway.store.SqlCommandQueue;
import dev.ft900.gateway.store.SqlDesiredPins;
import dev.ft900.gateway.tls.ServerIdentities;
import dev.ft900.protocol.dialect.NativeTopic;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.slot.BrokerAddress;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway with its broker. What was started is stopped in the opposite order, also when the start fails half-way.
 */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final Duration LINK_TO_OWN_BROKER = Duration.ofSeconds(15);

    /** It may have been started beside the gateway a moment ago; RabbitMQ takes up to half a minute. */
    private static final Duration LINK_TO_OUTSIDE_BROKER = Duration.ofSeconds(60);

    private final Parts parts = new Parts();
    private final GatewaySettings settings;
    private final Clock clock = Clock.systemUTC();
    private StateDatabase database;
    private Authority authority;
    private Enrolment enrolment;
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
        var state = settings.state();
        parts.keep(ServerLock.take(state));
        var brokerFolder = state.path().resolve("broker");
        // Before ports are looked for: it may hold the one of last time.
        BrokerChild.stopLeftOver(brokerFolder);
        if (settings.database().isPresent()) {
            settings.database().get().choose(state);
        }
        database = GatewayDatabase.migrate(parts.keep(StateDatabase.open(state)));
        var lease = parts.keep(GatewayLease.take(database, settings.name()));
        var shared = lease.clock();
        lease.start(parts.thread("gateway-lease"));
        var authorityFolder = new AuthorityFolder(state, database, clock);
        authority = authorityFolder.openOrCreate();
        enrolment = new Enrolment(database, authority, clock);
        var tokens = new TokenStore(database, shared);
        token = DeveloperToken.of(state, tokens);

        var lastTime = Endpoints.load(state);
        var addresses = OwnAddresses.choose(settings, lastTime);
        var hosts = new Hosts(settings.listen(), settings.advertise());
        identities = new ServerIdentities(state, database, authority, clock);
        var certificates = OwnCertificates.open(settings, identities, hosts);
        // Kept before the servers, so that it is still there for the last requests.
        var audit = parts.keep(new AuditLog(database));
        var refusals = new Refusals(audit);
        parts.keep(refusals::writeAll);
        // The broker takes the longest to start; the HTTP server is made meanwhile.
        var scratch = Scratch.fresh(brokerFolder);
        parts.keep(scratch);
        presence = new PresenceTracker(clock);
        var messenger = new MqttMessenger();
        var brokerStart = new BrokerStart(
                settings,
                scratch.folder(),
                certificates.broker(),
                hosts.own(),
                enrolment,
                new AuthorityLists(authorityFolder),
                messenger,
                clientId -> BoardId.from(clientId).ifPresent(presence::cutOff),
                firstConnect(audit));
        var startingBroker = CompletableFuture.supplyAsync(() -> startBroker(brokerStart, addresses.broker()));
        parts.keep(() -> startingBroker
                .thenAccept(Broker::close)
                .exceptionally(failure -> null)
                .join());
        var rest = RestServer.create(
                settings.listen(), addresses.gateway().getPort(), certificates.rest(), settings.rest());

        var timer = parts.thread("gateway-timer");
        var commands = new CommandService(settings.name(), messenger, presence, timer, clock, System::nanoTime);
        var recent = new RecentCommands();
        commands.addListener(recent);
        var hub = new EventHub(clock, settings.rest().limits().eventStreams());
        var events = new EventSources(hub);
        presence.addListener(events);
        commands.addListener(events);
        var renewals = parts.keep(new RenewalService(settings.name(), messenger, presence, enrolment, clock));
        var lastKnown = new LastKnown(clock);
        commands.showResultsTo(lastKnown::result);
        var messages = new BoardMessages(
                presence,
                commands,
                timer,
                (board, edge) -> {
                    events.edge(board, edge);
                    lastKnown.edge(board, edge);
                },
                renewals::received,
                System::nanoTime);
        var keeper = parts.thread("gateway-queue");
        var queue = new CommandQueue(
                new SqlCommandQueue(database, lease.run(), lease::canTellWhoIsDead),
                commands,
                presence,
                keeper,
                shared,
                settings.patience().command());
        var desired = new DesiredPins(
                new SqlDesiredPins(database),
                commands,
                keeper,
                clock,
                settings.patience().command());
        var watch = new RegistryWatch(
                enrolment,
                presence,
                messenger,
                revocation -> startingBroker.join().shutOut(revocation),
                messages::joined,
                removed -> {
                    recent.forget(removed);
                    lastKnown.forget(removed);
                    desired.forget(removed);
                });
        var devices = new Devices(
                enrolment,
                presence,
                watch,
                commands,
                new ResetService(commands, presence, timer, System::nanoTime),
                renewals,
                recent,
                lastKnown,
                queue,
                desired,
                addresses.broker(),
                authority.root(),
                rest.executor(),
                clock,
                settings.patience().command(),
                settings.patience().reset());

        var broker = await(startingBroker);
        certificates.watch(keeper, rest, broker);
        if (settings.broker() instanceof BrokerChoice.Kit kit) {
            new KitCertificate(KitSettings.load(kit.folder()).kind(), kit.folder(), database, clock)
                    .watch(keeper, settings.patience().certificateCheck());
        }
        var up = new CountDownLatch(1);
        var link = parts.keep(PahoLink.open(
                broker.uri(),
                settings.name().commonName(),
                certificates::own,
                broker.isEmbedded(),
                new LinkListener(messages, commands, presence, broker.isEmbedded(), up)));
        messenger.use(link);
        replaced = lease.lost().thenRun(() -> {
            // The other one has the client id and the topics of this name.
            link.close();
            presence.forgetStandings();
            commands.connectionLost();
        });
        link.subscribe(NativeTopic.replyFilter(settings.name()));
        link.subscribe(NativeTopic.eventFilter());
        link.subscribe(NativeTopic.frameReplyFilter(settings.name()));
        watch.start(parts.thread("gateway-register"));
        if (database.isShared()) {
            tellOtherGateways(commands, lease, ended -> {
                recent.ended(ended);
                events.ended(ended);
                desired.endedElsewhere(ended);
            });
        }
        presence.addListener(desired);
        commands.addListener(desired);
        queue.start();
        keepAudit(audit, refusals, keeper);
        var metrics = new Metrics();
        commands.addListener(metrics);
        new Gauges(commands, presence, broker, link, queue, hub, audit, database, rest).addTo(metrics);
        parts.keep(rest);
        startRest(
                rest,
                new Serving(
                        devices,
                        parts.keep(new EventFeed(hub)),
                        access(tokens),
                        audit,
                        refusals,
                        new IdempotencyStore(database, shared),
                        new Readiness(
                                Map.of(
                                        "database",
                                        database::isAlive,
                                        "broker",
                                        link::isConnected,
                                        "name",
                                        () -> !replaced.isDone()),
                                rest::isDraining),
                        metrics));
        draining = () -> rest.drain(settings.patience().drain());
        awaitLink(up, broker.isEmbedded() ? LINK_TO_OWN_BROKER : LINK_TO_OUTSIDE_BROKER);
        endpoints = new Endpoints(OwnAddresses.rest(settings, rest.port()), addresses.broker());
        endpoints.save(state);
    }

    private void keepAudit(AuditLog audit, Refusals refusals, ScheduledExecutorService keeper) {
        var kept = settings.rest().audit();
        keeper.scheduleWithFixedDelay(() -> refusals.flush(clock.instant()), 10, 10, TimeUnit.SECONDS);
        keeper.scheduleWithFixedDelay(
                () -> {
                    try {
                        audit.forget(clock.instant().minus(kept.time()), kept.entries());
                    } catch (RuntimeException e) {
                        LOG.warn("old entries of the audit log stay for another hour: {}", e.getMessage());
                    }
                },
                1,
                60,
                TimeUnit.MINUTES);
    }

    private void tellOtherGateways(CommandService commands, GatewayLease lease, CommandRecord.Listener others) {
        var ends = new EndedCommands(database, lease.run(), lease.clock(), others);
        commands.addListener(ends);
        // Once more at the end, for what ended last.
        parts.keep(ends::exchange);
        ends.start(parts.thread("gateway-exchange"));
    }

    private Optional<FirstConnect> firstConnect(AuditLog audit) throws StartException {
        if (!settings.firstConnect().isOn()) {
            return Optional.empty();
        }
        var file = settings.firstConnect().authorities();
        try {
            var authorities = file.isPresent() ? Pem.readCertificates(file.get()) : List.<X509Certificate>of();
            return Optional.of(new FirstConnect(
                    authorities,
                    enrolment,
                    id -> audit.note(new AuditLog.Entry(
                            clock.instant(), "first-connect", "", "", "CONNECT", "/api/v1/devices/" + id, 201))));
        } catch (PemException | IOException e) {
            throw new StartException(
                    "expected certificates of authorities as PEM in " + file.get() + " (setting first-connect-ca); "
                            + e.getMessage(),
                    e);
        }
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

    private Access access(TokenStore tokens) {
        var roles = new CertificateRoles(database, clock);
        return new Access(
                tokens,
                roles,
                new ClientCertificates(enrolment, roles, clock),
                new DeviceGroups(database),
                new RateLimits(settings.rest().limits().callsPerSecond()));
    }

    private static void startRest(RestServer rest, Serving serving) throws StartException {
        try {
            rest.start(serving);
        } catch (IOException e) {
            throw new StartException(
                    "expected to listen for HTTPS; " + e.getMessage() + ". Choose another port with --https-port.", e);
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
        return authority;
    }

    public Enrolment enrolment() {
        return enrolment;
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
