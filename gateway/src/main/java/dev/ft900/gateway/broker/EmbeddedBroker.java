package dev.ft900.gateway.broker;

/** A running broker. Safe for use by several threads. */
public interface EmbeddedBroker extends AutoCloseable {
    /** The port on which it listens. */
    int port();

    /** Ends a client's connection, if it has one. Returns when the broker has been told. */
    void disconnect(String clientId);

    /** How many clients are connected now. */
    long connections();

    /** Ends all connections and the broker itself. */
    @Override
    void close();
}
