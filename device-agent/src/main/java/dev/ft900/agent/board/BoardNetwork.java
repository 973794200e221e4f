package dev.ft900.agent.board;

import dev.ft900.protocol.message.Ipv4Address;
import dev.ft900.protocol.message.Presence.FallBack;
import dev.ft900.protocol.slot.SlotRecord;
import java.security.PrivateKey;
import java.util.List;
import java.util.Optional;

/** A board's way to its broker. All calls, both ways, are on the board's thread. */
public interface BoardNetwork {
    /**
     * Connects to what a slot says, and again whenever the connection is lost or refused, with growing pauses, until it is closed.
     */
    Session open(SlotRecord slot, PrivateKey key, Listener listener);

    /** A connection that is kept up. */
    interface Session {
        /**
         * Publishes with QoS 1; drops the message when there is no connection.
         *
         * @param whenAcknowledged runs when the broker has it; never, if the connection is lost before
         */
        void publish(Message message, Runnable whenAcknowledged);

        /** The address at this end; empty when there is no connection. */
        Optional<Ipv4Address> localAddress();

        /** Ends it as a reset does: at once, without a word to the broker. */
        void abort();

        /** Ends it as a power cut does: the broker hears nothing at all, not even that the connection is gone. */
        void fallSilent();

        /** Ends it in order, after a last message. */
        void leave(Message last);
    }

    /** A message on a topic. */
    record Message(String topic, byte[] payload, boolean retain) {}

    /** What the board wants to know and is asked. */
    interface Listener {
        /** The message that the broker is to publish when this try's connection is lost. Asked before every try. */
        Message lastWill();

        /** What to subscribe to, with QoS 1. */
        List<String> subscriptions();

        /** The broker accepted the connection. */
        void connected();

        /** Subscriptions stand; messages can come. */
        void subscribed();

        /** A connection that the broker had accepted is lost; another try follows. */
        void disconnected();

        /** A try failed. */
        void failed(FallBack why);

        /** A message came. It is acknowledged when this returns. */
        void received(String topic, byte[] payload, boolean retained);
    }
}
