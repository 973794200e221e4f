package dev.ft900.gateway.broker.outside;

import dev.ft900.gateway.tls.TlsIdentity;
import dev.ft900.protocol.name.GatewayName;
import dev.ft900.protocol.slot.BrokerAddress;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.util.List;

/**
 * What a broker's configuration is to say.
 *
 * @param folder where it lies, absolute
 * @param listen address on which the broker listens for boards
 * @param address under which boards and gateways reach it
 * @param identity the broker's certificate, and the anchors to one of which every client's chain must lead
 * @param gateways those that may speak to boards, each by a certificate {@code gw.NAME}
 * @param lists the revocation lists of all authorities that issue to boards and gateways
 * @param asRoot whether Mosquitto may run as root, when root starts it
 * @param toolkit the command by which a person calls the toolkit, such as {@code ./ft900}
 */
public record KitPlan(
        Path folder,
        InetAddress listen,
        BrokerAddress address,
        TlsIdentity identity,
        List<GatewayName> gateways,
        List<X509CRL> lists,
        KitPorts ports,
        boolean asRoot,
        String toolkit) {
    public KitPlan {
        folder = folder.toAbsolutePath().normalize();
        gateways = List.copyOf(gateways);
        lists = List.copyOf(lists);
    }

    List<String> gatewayNames() {
        return gateways.stream().map(GatewayName::value).toList();
    }
}
