package dev.ft900.hil.cli;

import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.gateway.broker.BrokerChoice;
import dev.ft900.gateway.broker.BrokerKind;

/** Brokers as they are named on the command line. */
final class BrokerNames {
    private BrokerNames() {}

    static BrokerKind kind(String name) throws CommandException {
        return BrokerKind.from(name)
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE, "expected a broker: " + BrokerKind.words() + "; got " + name));
    }

    /** The broker that the gateway itself runs. */
    static BrokerChoice choice(String name) throws CommandException {
        var kind = kind(name);
        return kind == BrokerKind.EMBEDDED ? new BrokerChoice.Embedded() : new BrokerChoice.Child(kind);
    }
}
