package dev.ft900.gateway.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Paho's client, but that acknowledgements go to the broker with the packet that comes after them. */
final class CoalescingClient extends MqttAsyncClient {
    private final ScheduledExecutorService timer;

    /** @param timer sends acknowledgements that nothing comes after */
    CoalescingClient(String uri, String clientId, ScheduledExecutorService timer) throws MqttException {
        super(uri, clientId, new MemoryPersistence());
        this.timer = timer;
    }

    @Override
    protected NetworkModule[] createNetworkModules(String address, MqttConnectOptions options) throws MqttException {
        return Arrays.stream(super.createNetworkModules(address, options))
                .map(socket -> new Coalescing(socket, timer))
                .toArray(NetworkModule[]::new);
    }

    private record Coalescing(NetworkModule socket, ScheduledExecutorService timer) implements NetworkModule {
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
            return new CoalescingStream(socket.getOutputStream(), timer);
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
