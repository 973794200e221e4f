package dev.ft900.gateway.broker.outside;

import dev.ft900.gateway.broker.BrokerKind;
import java.io.IOException;

/** Writes kits: ready configurations of brokers that run outside the gateway's process. */
public final class Kits {
    private Kits() {}

    /**
     * Writes a kit, over one that may be there.
     *
     * @param kind not the embedded one
     * @param revoked the last revocation that is in the plan's lists
     * @return what the gateway must know of the broker; also in the kit
     */
    public static KitSettings write(BrokerKind kind, KitPlan plan, long revoked) throws IOException {
        SessionCutter.begin(plan.folder(), revoked);
        return switch (kind) {
            case RABBITMQ -> new RabbitMqKit(plan).write();
            case MOSQUITTO -> new MosquittoKit(plan).write();
            case EMBEDDED -> throw new IllegalArgumentException("the embedded broker needs no kit");
        };
    }
}
