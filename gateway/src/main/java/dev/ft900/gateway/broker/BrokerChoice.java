package dev.ft900.gateway.broker;

import java.nio.file.Path;

/** Which broker a gateway works with. */
public sealed interface BrokerChoice {
    /** In the gateway's own process. */
    record Embedded() implements BrokerChoice {}

    /**
     * A program of this machine, run as a child process of the gateway on a configuration made for it.
     *
     * @param kind not the embedded one
     */
    record Child(BrokerKind kind) implements BrokerChoice {}

    /**
     * One that others run, on a configuration that {@code ./ft900 broker kit} wrote.
     *
     * @param folder the kit
     */
    record Kit(Path folder) implements BrokerChoice {}
}
