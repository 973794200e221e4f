package dev.ft900.gateway.broker.outside;

import dev.ft900.ca.store.Revocation;
import dev.ft900.gateway.broker.BrokerKind;
import java.io.IOException;
import java.util.Optional;

/** Writes kits: ready configurations of brokers that run outside the gateway's process. */
public final class Kits {
    private Kits() {}

    /**
     * Writes a kit, over one that may be there. What broker and gateway know of each other by that one stays as it is: secrets, and the
     * address of the HTTP API or the command that reloads, which people may have changed, unless the plan has other ports. So a broker or a gateway that runs goes on, and the
     * nodes of a cluster can be started again one by one.
     *
     * @param kind not the embedded one
     * @param revoked the last revocation that is in the plan's lists; empty when there was none
     * @return what the gateway must know of the broker; also in the kit
     */
    public static KitSettings write(BrokerKind kind, KitPlan plan, Optional<Revocation> revoked) throws IOException {
        var before = KitSettings.find(plan.folder());
        if (before.isEmpty()) {
            // Sessions at the broker of an earlier kit may still have to be ended.
            RevocationsDone.begin(plan.folder(), revoked);
        }
        return switch (kind) {
            case RABBITMQ -> new RabbitMqKit(plan, before).write();
            case MOSQUITTO -> new MosquittoKit(plan, before.map(KitSettings::reload)).write();
            case EMBEDDED -> throw new IllegalArgumentException("the embedded broker needs no kit");
        };
    }
}
