package dev.ft900.gateway.mqtt;

import dev.ft900.gateway.tls.TlsIdentity;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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
 * by itself with pauses of 50 ms to 2 s, cut at random; Paho's own reach half a minute.
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

    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final String clientId;
    private final Listener listener;
    private final MqttAsyncClient client;
    private final MqttConnectOptions options;
    private final Set<String> filters = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService own;
    private int failures;
    private volatile boolean closed;

    private PahoLink(String uri, String clientId, Supplier<TlsIdentity> identity, boolean coalescing, Listener listener)
            throws MqttException {
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
        try {
            var link = new PahoLink(uri, clientId, identity, coalescing, listener);
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
                    subscribeNow(new String[] {filter}, () -> {});
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
        try {
            client.connect(options, null, new IMqttActionListener() {
                @Override
                public void onSuccess(IMqttToken token) {
                    onOwnThread(PahoLink.this::resubscribe);
                }

                @Override
                public void onFailure(IMqttToken token, Throwable cause) {
                    connectLater(cause);
                }
            });
        } catch (MqttException e) {
            connectLater(e);
        }
    }

    private void resubscribe() {
        failures = 0;
        resubscribe(filters.toArray(String[]::new), 0);
    }

    /** Portion by portion: all boards in one packet would be more than a broker takes. */
    private void resubscribe(String[] all, int from) {
        if (from >= all.length) {
            listener.connected();
            return;
        }
        int to = Math.min(from + FILTERS_PER_PACKET, all.length);
        subscribeNow(Arrays.copyOfRange(all, from, to), () -> resubscribe(all, to));
    }

    private void subscribeNow(String[] wanted, Runnable granted) {
        var qos = new int[wanted.length];
        Arrays.fill(qos, QOS);
        try {
            client.subscribe(wanted, qos, null, new IMqttActionListener() {
                @Override
                public void onSuccess(IMqttToken token) {
                    // Paho reports success even where the broker said no.
                    for (int i = 0; i < wanted.length; i++) {
                        if (token.getGrantedQos()[i] == REFUSED) {
                            LOG.error(
                                    "{} may not subscribe to {}; check the broker's topic rules", clientId, wanted[i]);
                        }
                    }
                    onOwnThread(granted);
                }

                @Override
                public void onFailure(IMqttToken token, Throwable cause) {
                    LOG.warn("{} could not subscribe: {}", clientId, cause.toString());
                }
            });
        } catch (MqttException e) {
            LOG.warn("{} could not subscribe: {}", clientId, e.getMessage());
        }
    }

    private void connectLater(Throwable cause) {
        onOwnThread(() -> {
            long pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures, 10));
            failures++;
            LOG.debug("{} could not connect: {}", clientId, cause.toString());
            own.schedule(this::connect, ThreadLocalRandom.current().nextLong(pause / 2, pause), TimeUnit.MILLISECONDS);
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
            listener.disconnected();
            connectLater(cause);
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            listener.received(topic, message.getPayload(), message.isRetained());
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            // The broker has it; only the board's reply counts.
        }
    }
}
