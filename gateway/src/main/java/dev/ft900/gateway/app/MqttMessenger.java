package dev.ft900.gateway.app;

import dev.ft900.gateway.device.BrokerDownException;
import dev.ft900.gateway.device.Messenger;
import dev.ft900.gateway.mqtt.MqttLink;

/** Messages over the gateway's link. The link comes later than those who need the messenger. */
final class MqttMessenger implements Messenger {
    private volatile MqttLink link;

    void use(MqttLink opened) {
        link = opened;
    }

    @Override
    public void send(String topic, byte[] payload) throws BrokerDownException {
        try {
            link.publish(topic, payload);
        } catch (MqttLink.LinkDownException e) {
            throw new BrokerDownException(e.getMessage());
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
