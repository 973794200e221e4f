package dev.ft900.gateway.device;

/** How messages reach boards. Implemented over MQTT. */
public interface Messenger {
    /**
     * Sends a message, without waiting.
     *
     * @param acknowledged is run when the broker has said that it has the message; returns at once
     * @throws BrokerDownException nothing was sent
     */
    void send(String topic, byte[] payload, Runnable acknowledged) throws BrokerDownException;

    /** Wants to hear of this topic, or not any more. */
    void follow(String topic, boolean wanted);
}
