package dev.ft900.protocol.exchange;

import java.time.Duration;

/**
 * How long to wait for an answer.
 *
 * @param perTry until the request is sent again
 * @param tries how often it is sent in all, at least once
 */
public record Patience(Duration perTry, int tries) {
    public Patience {
        if (tries < 1 || perTry.isNegative() || perTry.isZero()) {
            throw new IllegalArgumentException(
                    "patience is at least one try of some time; got " + tries + " of " + perTry);
        }
    }
}
