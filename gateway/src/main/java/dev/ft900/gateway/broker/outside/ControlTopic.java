package dev.ft900.gateway.broker.outside;

import java.io.IOException;

/** The gateway's own MQTT connection, as far as steering the broker needs it. */
@FunctionalInterface
public interface ControlTopic {
    /** @throws IOException there is no connection: nothing was sent */
    void publish(String topic, byte[] payload) throws IOException;
}
