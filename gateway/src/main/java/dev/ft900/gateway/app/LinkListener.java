package dev.ft900.gateway.app;

import dev.ft900.gateway.device.BoardMessages;
import dev.ft900.gateway.device.CommandService;
import dev.ft900.gateway.device.PresenceTracker;
import dev.ft900.gateway.mqtt.MqttLink;
import java.util.concurrent.CountDownLatch;

/**
 * Tells the core what comes over the link, and when the link stands or is gone.
 *
 * @param brokerRemembersBoards whether the broker still knows the births of all boards when the gateway comes back to it
 * @param up counted down when the link stands
 */
record LinkListener(
        BoardMessages messages,
        CommandService commands,
        PresenceTracker presence,
        boolean brokerRemembersBoards,
        CountDownLatch up)
        implements MqttLink.Listener {
    @Override
    public void connected() {
        up.countDown();
        if (!brokerRemembersBoards) {
            messages.callTheRoll();
        }
    }

    @Override
    public void disconnected() {
        presence.forgetStandings();
        commands.connectionLost();
    }

    @Override
    public void received(String topic, byte[] payload, boolean retained) {
        messages.received(topic, payload, retained);
    }
}
