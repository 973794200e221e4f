package dev.ft900.gateway.app;

import dev.ft900.gateway.broker.outside.ControlTopic;
import dev.ft900.gateway.device.BrokerDownException;
import dev.ft900.gateway.device.Messenger;
import dev.ft900.gateway.mqtt.MqttLink;
import java.io.IOException;

/** Messages over the gateway's link. The link comes later than those who need the messenger. */
final class MqttMessenger implements Messenger, ControlTopic {
    private volatile MqttLink link;

    void use(MqttLink opened) {
        link = opened;
    }

    @Override
    public void send(String topic, byte[] payload, Runnable acknowledged) throws BrokerDownException {
        try {
            link.publish(topic, payload, acknowledged);
        } catch (MqttLink.LinkDownException e) {
            throw new BrokerDownException(e.getMessage());
        }
    }

    @Override
    public void publish(String topic, byte[] payload) throws IOException {
        var opened = link;
        if (opened == null) {
            throw new IOException("there is no connection to the broker yet");
        }
        try {
            opened.publish(topic, payload);
        } catch (MqttLink.LinkDownException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void follow(String topic, boolean wanted) {
        if (wanted) {
            link.subscribe(topic);
        } else {
            link.unsubscribe(topic);
        }
    }
}
