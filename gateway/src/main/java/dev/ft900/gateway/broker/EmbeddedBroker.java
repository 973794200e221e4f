package dev.ft900.gateway.broker;

import dev.ft900.gateway.tls.TlsIdentity;

/** A running broker. Safe for use by several threads. */
public interface EmbeddedBroker extends AutoCloseable {
    /** The port on which it listens. */
    int port();

    /** Ends a client's connection, if it has one. Returns when the broker has been told. */
    void disconnect(String clientId);

    /** How many clients are connected now. */
    long connections();

    /** Shows another certificate to whoever connects from now on, within half a minute. Connections that stand are left alone. */
    void use(TlsIdentity identity);

    /** Ends all connections and the broker itself. */
    @Override
    void close();
}
