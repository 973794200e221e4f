package dev.ft900.gateway.device;

import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.protocol.dialect.NativeTopic;
import dev.ft900.protocol.exchange.Ticker;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.GatewayName;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives boards new keys and certificates without a cable: the frames of {@code docs/protocol.md}, section 7, over MQTT. A few at a time,
 * each on a thread of its own; the others wait. Safe for use by several threads.
 */
public final class RenewalService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RenewalService.class);

    private static final int AT_ONCE = 4;
    private static final int WAITING = 256;

    private final GatewayName gateway;
    private final Messenger messenger;
    private final PresenceTracker presence;
    private final Enrolment enrolment;
    private final Clock wall;
    private final Map<BoardId, MqttFrameLink> underWay = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads;

    /** @param wall what boards' clocks are set to */
    public RenewalService(
            GatewayName gateway, Messenger messenger, PresenceTracker presence, Enrolment enrolment, Clock wall) {
        this.gateway = gateway;
        this.messenger = messenger;
        this.presence = presence;
        this.enrolment = enrolment;
        this.wall = wall;
        this.threads = new ThreadPoolExecutor(
                AT_ONCE, AT_ONCE, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), runnable -> {
                    var thread = new Thread(runnable, "renewal");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Renews a board's key and certificate. The board keeps its old identity until it has connected with the new one.
     *
     * @return ends with a {@link DeviceException}
     */
    public CompletableFuture<Renewed> renew(BoardId id, RenewalOrder order) {
        var standing = presence.standing(id);
        if (standing.isEmpty()) {
            return CompletableFuture.failedFuture(new UnknownDeviceException(id));
        }
        if (PresenceTracker.birth(standing.get()).isEmpty()) {
            return CompletableFuture.failedFuture(new BoardOfflineException(id));
        }
        var link = new MqttFrameLink(messenger, new NativeTopic.FramesIn(id, gateway));
        if (underWay.putIfAbsent(id, link) != null) {
            return CompletableFuture.failedFuture(
                    new RenewalFailedException("a renewal of " + id + " is under way already", false));
        }
        var done = new CompletableFuture<Renewed>();
        try {
            threads.execute(() -> order.origin().inLog(() -> run(id, order, link, done)));
        } catch (RejectedExecutionException e) {
            underWay.remove(id);
            done.completeExceptionally(new GatewayBusyException(WAITING));
        }
        return done;
    }

    private void run(BoardId id, RenewalOrder order, MqttFrameLink link, CompletableFuture<Renewed> done) {
        try {
            done.complete(new Renewal(id, order, link, presence, enrolment, wall, Ticker.SYSTEM).run());
        } catch (DeviceException e) {
            LOG.info("{}: {}", id, e.getMessage());
            done.completeExceptionally(e);
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
        } finally {
            underWay.remove(id);
        }
    }

    /** A provisioning frame came from a board. */
    public void received(BoardId id, byte[] plain) {
        var link = underWay.get(id);
        if (link == null || !link.received(plain)) {
            LOG.debug("{}: a provisioning frame that nobody waits for was dropped", id);
        }
    }

    /** Ends what is under way: boards keep their old identity, or come back with the new one. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
