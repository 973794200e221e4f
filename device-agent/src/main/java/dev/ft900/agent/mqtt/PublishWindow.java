package dev.ft900.agent.mqtt;

import dev.ft900.agent.board.BoardNetwork.Message;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one connection has published with QoS 1 and the broker has not acknowledged yet (MQTT 3.1.1, 4.3.2), and what waits for its turn. A
 * broker may take its time: RabbitMQ acknowledges when it has nothing else to do, and under load hundreds of replies are under way until then.
 *
 * <p>For one thread.
 */
final class PublishWindow {
    private static final Logger LOG = LoggerFactory.getLogger(PublishWindow.class);

    /** What may be unacknowledged; more waits. */
    static final int MAX_UNACKNOWLEDGED = 256;

    /** What may wait; more is dropped, which the sequence numbers of events show. */
    static final int MAX_WAITING = 4_096;

    private static final int MAX_PACKET_ID = 0xFFFF;

    private final Sender sender;
    private final Map<Integer, Runnable> unacknowledged = new HashMap<>();
    private final Queue<Outgoing> waiting = new ArrayDeque<>();
    private int lastPacketId;

    /** Writes a PUBLISH packet. */
    interface Sender {
        void send(int packetId, Message message);
    }

    private record Outgoing(Message message, Runnable whenAcknowledged) {}

    PublishWindow(Sender sender) {
        this.sender = sender;
    }

    /** Sends a message, or keeps it until the broker has acknowledged enough of those before it. */
    void publish(Message message, Runnable whenAcknowledged) {
        var outgoing = new Outgoing(message, whenAcknowledged);
        if (unacknowledged.size() < MAX_UNACKNOWLEDGED) {
            send(outgoing);
        } else if (waiting.size() < MAX_WAITING) {
            waiting.add(outgoing);
        } else {
            LOG.warn("the broker does not acknowledge; dropped a message to {}", message.topic());
        }
    }

    /** Sends all that waits, and a last message, acknowledged or not: nothing comes after it. */
    void publishLast(Message message) {
        while (!waiting.isEmpty()) {
            send(waiting.remove());
        }
        send(new Outgoing(message, () -> {}));
    }

    /** A PUBACK came; one that nobody waits for says nothing. */
    void acknowledged(int packetId) {
        var whenAcknowledged = unacknowledged.remove(packetId);
        if (whenAcknowledged != null) {
            if (!waiting.isEmpty()) {
                send(waiting.remove());
            }
            whenAcknowledged.run();
        }
    }

    private void send(Outgoing outgoing) {
        int id = nextPacketId();
        unacknowledged.put(id, outgoing.whenAcknowledged());
        sender.send(id, outgoing.message());
    }

    /** An id from 1 to 65535 that is not in use. */
    int nextPacketId() {
        do {
            lastPacketId = lastPacketId % MAX_PACKET_ID + 1;
        } while (unacknowledged.containsKey(lastPacketId));
        return lastPacketId;
    }
}
