package dev.ft900.gateway.device;

import dev.ft900.protocol.slot.BrokerAddress;
import dev.ft900.protocol.slot.Der;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a renewal is to change besides key and certificate.
 *
 * @param origin on whose behalf
 * @param broker where the board is to connect from now on; empty to leave that as it is
 * @param anchors one or two certificates to trust
 * @param back how long to wait for the board to be online with its new slot, or back on the old one
 */
public record RenewalOrder(Origin origin, Optional<BrokerAddress> broker, List<Der> anchors, Duration back) {
    public RenewalOrder {
        anchors = List.copyOf(anchors);
    }
}
