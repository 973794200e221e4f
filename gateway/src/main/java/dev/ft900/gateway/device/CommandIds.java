package dev.ft900.gateway.device;

import dev.ft900.protocol.name.CommandId;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Command ids that are unique over gateways and restarts: a random prefix for each run, then a count. Safe for several threads. */
final class CommandIds {
    private static final int RADIX = 36;
    private static final int PREFIX_LENGTH = 7;

    private final String prefix;
    private final AtomicLong count = new AtomicLong();

    CommandIds() {
        var random = new SecureRandom();
        var text = new StringBuilder();
        for (int i = 0; i < PREFIX_LENGTH; i++) {
            text.append(Character.forDigit(random.nextInt(RADIX), RADIX));
        }
        prefix = text.toString();
    }

    CommandId next() {
        // Nine digits are left for the count: a hundred million million commands.
        return new CommandId(prefix + Long.toString(count.incrementAndGet(), RADIX));
    }
}
