package dev.ft900.hil;

import dev.ft900.gateway.broker.BrokerChoice;
import dev.ft900.gateway.broker.BrokerKind;

/** The broker on which the suite runs: the system property {@code ft900.broker}, embedded when it is not set. */
public final class TestBroker {
    private TestBroker() {}

    public static BrokerKind kind() {
        var name = System.getProperty("ft900.broker", "");
        return name.isEmpty()
                ? BrokerKind.EMBEDDED
                : BrokerKind.from(name)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "expected ft900.broker to be " + BrokerKind.words() + "; got " + name));
    }

    public static BrokerChoice choice() {
        return kind() == BrokerKind.EMBEDDED ? new BrokerChoice.Embedded() : new BrokerChoice.Child(kind());
    }
}
