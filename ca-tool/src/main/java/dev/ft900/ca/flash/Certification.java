package dev.ft900.ca.flash;

import dev.ft900.protocol.slot.BrokerAddress;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What makes a board's identity besides its key.
 *
 * @param chain the board's own certificate, then the authorities above it
 * @param anchors one or two certificates that the broker's chain must lead to
 * @param warnings what somebody should look into, in words for people
 */
public record Certification(
        List<X509Certificate> chain, List<X509Certificate> anchors, BrokerAddress broker, List<String> warnings) {
    public Certification {
        chain = List.copyOf(chain);
        anchors = List.copyOf(anchors);
        warnings = List.copyOf(warnings);
    }
}
