package dev.ft900.gateway.broker;

import dev.ft900.ca.store.Revocation;
import dev.ft900.gateway.tls.TlsIdentity;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embedded broker, which asks the register at every connect: a revocation only has to end the session that there may be. */
public final class RegistryBroker implements Broker {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryBroker.class);

    private final EmbeddedBroker broker;
    private final RegistryAccess access;
    private final String uri;

    /** @param host under which this process reaches what it listens on */
    public RegistryBroker(EmbeddedBroker broker, RegistryAccess access, String host) {
        this.broker = broker;
        this.access = access;
        this.uri = "ssl://" + host + ":" + broker.port();
        // Whoever is revoked between the broker's question and its answer is cut when the connection is reported.
        access.onLate(broker::disconnect);
    }

    @Override
    public String uri() {
        return uri;
    }

    @Override
    public boolean isEmbedded() {
        return true;
    }

    @Override
    public Optional<LongSupplier> connections() {
        return Optional.of(broker::connections);
    }

    @Override
    public void shutOut(Revocation revocation) {
        access.clientOf(revocation.serial()).ifPresent(clientId -> {
            LOG.info("{} is cut off: its certificate {} was revoked", clientId, revocation.serial());
            broker.disconnect(clientId);
        });
    }

    @Override
    public void use(TlsIdentity identity) {
        broker.use(identity);
    }

    @Override
    public void close() {
        broker.close();
    }
}
