package dev.ft900.gateway.mqtt;

import dev.ft900.gateway.log.Seldom;
import dev.ft900.gateway.tls.TlsIdentity;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An {@link MqttLink} on Paho's asynchronous client, with TCP_NODELAY and without files: both cost milliseconds a message. Reconnects
 * by itself after the pauses of {@link Backoff}; Paho's own reach half a minute. A connection whose subscriptions are not all granted, or on
 * which the broker falls silent before they are, is given up and made anew.
 *
 * <p>The listener is called on Paho's callback thread, and for connection events on the link's own.
 */
public final class PahoLink implements MqttLink {
    private static final Logger LOG = LoggerFactory.getLogger(PahoLink.class);

    /** A filter is at most 67 bytes with its length and QoS, so that a packet stays below 34,000 bytes. */
    private static final int FILTERS_PER_PACKET = 500;

    private static final int QOS = 1;
    private static final int REFUSED = 0x80;
    private static final int KEEP_ALIVE_SECONDS = 20;
    private static final int CONNECT_SECONDS = 10;
    /** What may be under way at once; Paho refuses more, and so do we. */
    private static final int MAX_IN_FLIGHT = 5_000;

    /** For TCP, TLS and CONNACK together, and again for each SUBACK. Paho waits for the latter two for ever. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final String clientId;
    private final Listener listener;
    private final MqttAsyncClient client;
    private final MqttConnectOptions options;
    private final Set<String> filters = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService own;
    private final Duration patience;
    private final Backoff pauses = new Backoff(ThreadLocalRandom.current()::nextLong);
    private final Seldom seldom = new Seldom(System::nanoTime);
    /** Counts tries, so that nothing that belongs to an earlier one touches the present one. Set on the own thread. */
    private volatile int connection;
    /** Whether the present one is over and the next has not begun. Confined to the own thread. */
    private boolean isOver;

    private Future<?> watchdog = CompletableFuture.completedFuture(null);
    private volatile boolean closed;

    private PahoLink(
            String uri,
            String clientId,
            Supplier<TlsIdentity> identity,
            boolean coalescing,
            Duration patience,
            Listener listener)
            throws MqttException {
        this.patience = patience;
        this.clientId = clientId;
        this.listener = listener;
        this.own = Executors.newSingleThreadScheduledExecutor(runnable -> {
            var thread = new Thread(runnable, "mqtt-link " + clientId);
            thread.setDaemon(true);
            return thread;
        });
        this.client = coalescing
                ? new CoalescingClient(uri, clientId, own)
                : new MqttAsyncClient(uri, clientId, new MemoryPersistence());
        this.options = new MqttConnectOptions();
        options.setCleanSession(true);
        options.setAutomaticReconnect(false);
        options.setMaxInflight(MAX_IN_FLIGHT);
        options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
        options.setConnectionTimeout(CONNECT_SECONDS);
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setSocketFactory(new NoDelaySocketFactory(
                () -> identity.get().context().getSocketFactory(), TlsIdentity.PROTOCOLS, TlsIdentity.SUITES));
        client.setCallback(new Callback());
    }

    /**
     * Opens a link. Returns at once; {@link Listener#connected} tells when it stands.
     *
     * @param uri for example {@code ssl://localhost:8883}
     * @param identity asked at every connection, since certificates are replaced while a link lives
     */
    public static PahoLink open(String uri, String clientId, Supplier<TlsIdentity> identity, Listener listener) {
        return open(uri, clientId, identity, false, listener);
    }

    /**
     * The same.
     *
     * @param coalescing whether acknowledgements may wait for the next packet ({@link CoalescingStream}): for a broker that lets many messages
     *     be unacknowledged, unlike RabbitMQ, which lets 10
     */
    public static PahoLink open(
            String uri, String clientId, Supplier<TlsIdentity> identity, boolean coalescing, Listener listener) {
        return open(uri, clientId, identity, coalescing, PATIENCE, listener);
    }

    /** @param patience for the broker's answers while a connection is made */
    static PahoLink open(
            String uri,
            String clientId,
            Supplier<TlsIdentity> identity,
            boolean coalescing,
            Duration patience,
            Listener listener) {
        try {
            var link = new PahoLink(uri, clientId, identity, coalescing, patience, listener);
            link.own.execute(link::connect);
            return link;
        } catch (MqttException e) {
            throw new IllegalArgumentException("expected a broker address such as ssl://localhost:8883; got " + uri, e);
        }
    }

    @Override
    public void publish(String topic, byte[] payload, Runnable acknowledged) throws LinkDownException {
        try {
            client.publish(topic, payload, QOS, false, null, new Acknowledged(acknowledged));
        } catch (MqttException e) {
            throw new LinkDownException("the broker cannot be reached: " + e.getMessage(), e);
        }
    }

    @Override
    public void subscribe(String filter) {
        if (filters.add(filter)) {
            onOwnThread(() -> {
                if (client.isConnected()) {
                    subscribeNow(connection, new String[] {filter}, () -> {});
                }
            });
        }
    }

    @Override
    public void unsubscribe(String filter) {
        if (filters.remove(filter)) {
            onOwnThread(() -> {
                try {
                    if (client.isConnected()) {
                        client.unsubscribe(filter);
                    }
                } catch (MqttException e) {
                    LOG.warn("{} could not unsubscribe from {}: {}", clientId, filter, e.getMessage());
                }
            });
        }
    }

    @Override
    public boolean isConnected() {
        return client.isConnected();
    }

    private void connect() {
        if (closed) {
            return;
        }
        int mine = ++connection;
        isOver = false;
        watch(mine, "the broker did not answer the connection");
        try {
            client.connect(options, null, new IMqttActionListener() {
                @Override
                public void onSuccess(IMqttToken token) {
                    onOwnThread(() -> resubscribe(mine, filters.toArray(String[]::new), 0));
                }

                @Override
                public void onFailure(IMqttToken token, Throwable cause) {
                    connectLater(mine, cause.toString());
                }
            });
        } catch (MqttException e) {
            // It may believe that it is connected, after the end of an earlier connection that was told late.
            end();
            connectLater(mine, e.toString());
        }
    }

    private void end() {
        try {
            client.disconnectForcibly(0, 0, false);
        } catch (MqttException e) {
            LOG.debug("{} could not disconnect: {}", clientId, e.getMessage());
        }
    }

    /** On the own thread. */
    private boolean isPresent(int mine) {
        return mine == connection && !isOver;
    }

    /** Gives the connection up when nothing good has come of it in time. */
    private void watch(int mine, String trouble) {
        watchdog.cancel(false);
        watchdog = own.schedule(
                () -> breakOff(mine, trouble + " within " + patience.toSeconds() + " s"),
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Portion by portion: all boards in one packet would be more than a broker takes. */
    private void resubscribe(int mine, String[] all, int from) {
        if (!isPresent(mine)) {
            return;
        }
        if (from >= all.length) {
            watchdog.cancel(false);
            pauses.reset();
            listener.connected();
            return;
        }
        int to = Math.min(from + FILTERS_PER_PACKET, all.length);
        watch(mine, "the broker did not answer a subscription");
        subscribeNow(mine, Arrays.copyOfRange(all, from, to), () -> resubscribe(mine, all, to));
    }

    private void subscribeNow(int mine, String[] wanted, Runnable granted) {
        var qos = new int[wanted.length];
        Arrays.fill(qos, QOS);
        try {
            client.subscribe(wanted, qos, null, new IMqttActionListener() {
                @Override
                public void onSuccess(IMqttToken token) {
                    // Paho reports success even where the broker said no.
                    var refused = IntStream.range(0, wanted.length)
                            .filter(i -> token.getGrantedQos()[i] == REFUSED)
                            .mapToObj(i -> wanted[i])
                            .toList();
                    if (refused.isEmpty()) {
                        onOwnThread(granted);
                    } else {
                        breakOff(mine, "it may not subscribe to " + refused + "; check the broker's topic rules");
                    }
                }

                @Override
                public void onFailure(IMqttToken token, Throwable cause) {
                    breakOff(mine, "it could not subscribe: " + cause);
                }
            });
        } catch (MqttException e) {
            breakOff(mine, "it could not subscribe: " + e);
        }
    }

    /** Without all its subscriptions a connection is worth nothing: boards would be offline for ever. */
    private void breakOff(int mine, String why) {
        onOwnThread(() -> {
            if (!isPresent(mine)) {
                return;
            }
            seldom.tell("connection").ifPresent(unsaid -> LOG.warn("{} gives its connection up: {}", clientId, why));
            end();
            listener.disconnected();
            connectLater(mine, why);
        });
    }

    private void connectLater(int mine, String why) {
        onOwnThread(() -> {
            if (!isPresent(mine)) {
                return;
            }
            isOver = true;
            watchdog.cancel(false);
            LOG.debug("{} is not connected: {}", clientId, why);
            own.schedule(this::connect, pauses.next().toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    private void onOwnThread(Runnable work) {
        try {
            own.execute(work);
        } catch (RejectedExecutionException e) {
            LOG.trace("{} is closed", clientId, e);
        }
    }

    @Override
    public void close() {
        closed = true;
        own.shutdownNow();
        try {
            if (client.isConnected()) {
                client.disconnect(CLOSE.toMillis() / 2).waitForCompletion(CLOSE.toMillis());
            }
        } catch (MqttException e) {
            LOG.debug("{} did not disconnect in order: {}", clientId, e.getMessage());
        }
        try {
            client.disconnectForcibly(0, 0, false);
            client.close(true);
        } catch (MqttException e) {
            LOG.debug("{} did not close in order: {}", clientId, e.getMessage());
        }
    }

    /** Only success counts: a connection that is lost is told to the listener. */
    private record Acknowledged(Runnable then) implements IMqttActionListener {
        @Override
        public void onSuccess(IMqttToken token) {
            then.run();
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            // Who waits for a reply is told that the connection is lost.
        }
    }

    private final class Callback implements MqttCallback {
        @Override
        public void connectionLost(Throwable cause) {
            int mine = connection;
            listener.disconnected();
            connectLater(mine, cause.toString());
        }

        // Paho ends the connection of a client that throws: one message would cut off all boards, and come again.
        @Override
        @SuppressWarnings("PMD.AvoidCatchingGenericException")
        public void messageArrived(String topic, MqttMessage message) {
            try {
                listener.received(topic, message.getPayload(), message.isRetained());
            } catch (RuntimeException e) {
                seldom.tell("message")
                        .ifPresent(unsaid -> LOG.error(
                                "a message on {} could not be dealt with, as {} before it", topic, unsaid, e));
            }
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            // The broker has it; only the board's reply counts.
        }
    }
}
