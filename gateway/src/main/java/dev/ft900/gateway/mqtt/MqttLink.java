package dev.ft900.gateway.mqtt;

/** A connection to a broker that is kept up. Safe for use by several threads. */
public interface MqttLink extends AutoCloseable {
    /**
     * Publishes with QoS 1, never retained. Does not wait.
     *
     * @param acknowledged is run on a thread of the link when the broker has said that it has the message; returns at once
     * @throws LinkDownException there is no connection, or too much is under way: nothing was sent
     */
    void publish(String topic, byte[] payload, Runnable acknowledged) throws LinkDownException;

    /** Publishes without wanting to know when the broker has it. */
    default void publish(String topic, byte[] payload) throws LinkDownException {
        publish(topic, payload, () -> {});
    }

    /** Subscribes with QoS 1, now and after every reconnect. */
    void subscribe(String filter);

    /** Takes a subscription back. */
    void unsubscribe(String filter);

    boolean isConnected();

    @Override
    void close();

    /** What the owner of a link is told; on threads of the link, one call at a time, and none may block. */
    interface Listener {
        /** The connection stands and all subscriptions with it. */
        void connected();

        /** The connection is gone; what was sent and not answered has an unknown fate. */
        void disconnected();

        void received(String topic, byte[] payload, boolean retained);
    }

    /** Nothing was sent. */
    final class LinkDownException extends Exception {
        private static final long serialVersionUID = 1L;

        LinkDownException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
