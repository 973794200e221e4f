package dev.ft900.gateway.broker;

import dev.ft900.ca.store.Revocation;
import dev.ft900.gateway.tls.TlsIdentity;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The broker as its gateway sees it, wherever it runs. Safe for use by several threads. */
public interface Broker extends AutoCloseable {
    /** Where the gateway itself reaches it, for example {@code ssl://localhost:8883}. */
    String uri();

    /**
     * Sees to it that a certificate that was revoked is refused from now on, and that the session that it may have ends. Told of every
     * revocation once in the life of a gateway, those from before its start too. Does not wait.
     */
    void shutOut(Revocation revocation);

    /** How many revocations the broker could not be told of yet: who was revoked may still be there. */
    default int revocationsOpen() {
        return 0;
    }

    /**
     * Has the broker show another certificate to whoever connects from now on, within half a minute. One that is a child
     * of this process shows it after the gateway's next start; not for one that others run, whose certificate is in its kit.
     */
    void use(TlsIdentity identity);

    /**
     * Whether it is the one in this process, whose ways are known: it tells whoever connects which boards are there, and does not mind
     * acknowledgements that come a little later. Others may have lost what they kept, and each node of a RabbitMQ cluster keeps what was told
     * to it alone.
     */
    boolean isEmbedded();

    /** Tells how many clients are connected to it now; empty for one that does not say. */
    default Optional<LongSupplier> connections() {
        return Optional.empty();
    }

    /** Ends what belongs to the gateway: the embedded broker, the child process, the helpers of one that others run. */
    @Override
    void close();
}
