package dev.ft900.gateway.app;

import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.Revocation;
import dev.ft900.gateway.broker.Broker;
import dev.ft900.gateway.broker.BrokerChoice;
import dev.ft900.gateway.broker.BrokerException;
import dev.ft900.gateway.broker.BrokerKind;
import dev.ft900.gateway.broker.BrokerSettings;
import dev.ft900.gateway.broker.FirstConnect;
import dev.ft900.gateway.broker.HiveMqBroker;
import dev.ft900.gateway.broker.RegistryAccess;
import dev.ft900.gateway.broker.RegistryBroker;
import dev.ft900.gateway.broker.outside.BrokerChild;
import dev.ft900.gateway.broker.outside.BrokerPrograms;
import dev.ft900.gateway.broker.outside.ControlTopic;
import dev.ft900.gateway.broker.outside.KitPlan;
import dev.ft900.gateway.broker.outside.KitPorts;
import dev.ft900.gateway.broker.outside.KitSettings;
import dev.ft900.gateway.broker.outside.Kits;
import dev.ft900.gateway.broker.outside.OutsideBroker;
import dev.ft900.gateway.broker.outside.RevocationLists;
import dev.ft900.gateway.tls.TlsIdentity;
import dev.ft900.protocol.name.GatewayName;
import dev.ft900.protocol.slot.BrokerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Starts the broker that the settings name, or begins to work with it.
 *
 * @param scratch a folder for its files if it is ours
 * @param identity the broker's certificate
 * @param cut is told whose session was ended
 * @param firstConnect for boards that nobody registered, with the embedded broker
 * @param host where this process reaches what listens on {@code listen}
 */
record BrokerStart(
        GatewaySettings settings,
        Path scratch,
        TlsIdentity identity,
        String host,
        Enrolment enrolment,
        RevocationLists lists,
        ControlTopic control,
        Consumer<String> cut,
        Optional<FirstConnect> firstConnect) {
    /** What measures beside a gateway comes as a gateway of its own. */
    private static final GatewayName BENCH = new GatewayName("bench");

    /** Returns when the broker accepts connections, or, if others run it, at once. */
    Broker start(BrokerAddress address) throws BrokerException, IOException {
        var choice = settings.broker();
        if (choice instanceof BrokerChoice.Child child) {
            return child(child.kind(), address);
        }
        if (choice instanceof BrokerChoice.Kit kit) {
            return OutsideBroker.open(kit.folder(), KitSettings.load(kit.folder()), enrolment, lists, control, cut);
        }
        var access = new RegistryAccess(enrolment, firstConnect);
        var anchors = new ArrayList<>(identity.anchors());
        firstConnect.ifPresent(first -> anchors.addAll(first.authorities()));
        var trusting = new TlsIdentity(identity.key(), identity.chain(), anchors);
        var embedded =
                HiveMqBroker.start(new BrokerSettings(settings.listen(), address.port(), scratch, trusting), access);
        return new RegistryBroker(embedded, access, host);
    }

    private Broker child(BrokerKind kind, BrokerAddress address) throws BrokerException, IOException {
        BrokerPrograms.here().require(kind);
        // This process reaches it by another name than boards may.
        var own = new BrokerAddress(host, address.port(), host);
        var revoked = lastRevocation(enrolment);
        var plan = new KitPlan(
                scratch,
                settings.listen(),
                own,
                identity,
                List.of(settings.name(), BENCH),
                lists.make(),
                kitPorts(),
                // As this process itself, whoever started it.
                true,
                "./ft900");
        var kit = Kits.write(kind, plan, revoked);
        var broker = OutsideBroker.open(scratch, kit, enrolment, lists, control, cut);
        try {
            return broker.with(BrokerChild.start(kind, scratch, reached(address.port())));
        } catch (BrokerException | RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    /** Empty when nothing was revoked. */
    static Optional<Revocation> lastRevocation(Enrolment enrolment) {
        return enrolment.revokedAfter(0).stream().max(Comparator.comparingLong(Revocation::sequence));
    }

    private InetSocketAddress reached(int port) {
        var listen = settings.listen();
        return new InetSocketAddress(listen.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : listen, port);
    }

    private static KitPorts kitPorts() throws IOException {
        return KitPorts.of(Ports.quiet(4));
    }
}
