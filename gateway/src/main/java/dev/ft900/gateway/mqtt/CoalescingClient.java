package dev.ft900.gateway.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Paho's client, but that packets go to the broker together where they can ({@link CoalescingStream}). */
final class CoalescingClient extends MqttAsyncClient {
    private final ScheduledExecutorService timer;

    /** Messages that were handed over and are not written; of the present connection. */
    private volatile AtomicInteger toCome = new AtomicInteger();

    /** @param timer sends packets that nothing comes after */
    CoalescingClient(String uri, String clientId, ScheduledExecutorService timer) throws MqttException {
        super(uri, clientId, new MemoryPersistence());
        this.timer = timer;
    }

    @Override
    public IMqttDeliveryToken publish(
            String topic, byte[] payload, int qos, boolean retained, Object context, IMqttActionListener listener)
            throws MqttException {
        // A connection that ends meanwhile takes its count along; one too few does no harm, one too many would hold
        // messages up.
        var here = toCome;
        var token = super.publish(topic, payload, qos, retained, context, listener);
        // Not before: what is counted must be about to be written, since others wait for it.
        here.incrementAndGet();
        return token;
    }

    @Override
    protected NetworkModule[] createNetworkModules(String address, MqttConnectOptions options) throws MqttException {
        return Arrays.stream(super.createNetworkModules(address, options))
                .map(socket -> new Coalescing(socket))
                .toArray(NetworkModule[]::new);
    }

    private final class Coalescing implements NetworkModule {
        private final NetworkModule socket;

        Coalescing(NetworkModule socket) {
            this.socket = socket;
        }

        @Override
        public void start() throws IOException, MqttException {
            socket.start();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return socket.getInputStream();
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            // What was handed over before is lost with its connection.
            toCome = new AtomicInteger();
            return new CoalescingStream(socket.getOutputStream(), toCome, timer);
        }

        @Override
        public void stop() throws IOException {
            socket.stop();
        }

        @Override
        public String getServerURI() {
            return socket.getServerURI();
        }
    }
}
