package dev.ft900.gateway.app;

import dev.ft900.ca.authority.IssuingException;
import dev.ft900.ca.authority.Profiles;
import dev.ft900.gateway.broker.Broker;
import dev.ft900.gateway.broker.BrokerChoice;
import dev.ft900.gateway.http.RestServer;
import dev.ft900.gateway.tls.ServerIdentities;
import dev.ft900.gateway.tls.TlsIdentity;
import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;

/** The certificates that a gateway shows: in the REST API, as the broker, and to the broker. Safe for use by several threads. */
final class OwnCertificates {
    private final GatewaySettings settings;
    private final ServerIdentities identities;
    private final Hosts hosts;
    private final TlsIdentity broker;
    private final TlsIdentity rest;
    private volatile TlsIdentity own;

    private OwnCertificates(GatewaySettings settings, ServerIdentities identities, Hosts hosts)
            throws StartException, IOException, IssuingException {
        this.settings = settings;
        this.identities = identities;
        this.hosts = hosts;
        broker = newestBroker();
        own = newestOwn();
        rest = newestRest();
    }

    /** Those that are kept, or new ones. */
    static OwnCertificates open(GatewaySettings settings, ServerIdentities identities, Hosts hosts)
            throws StartException, IOException, IssuingException {
        return new OwnCertificates(settings, identities, hosts);
    }

    private TlsIdentity newestBroker() throws StartException, IOException, IssuingException {
        return identities.get("broker", Profiles.BROKER, "localhost", hosts.names());
    }

    private TlsIdentity newestOwn() throws StartException, IOException, IssuingException {
        return identities.get("gateway", Profiles.GATEWAY, settings.name().commonName(), hosts.names());
    }

    /** One from elsewhere, or our own. Clients with certificates are known by our authority in either case. */
    private TlsIdentity newestRest() throws StartException {
        if (settings.httpsIdentity().isEmpty()) {
            return own;
        }
        try {
            return settings.httpsIdentity().get().read(own.anchors());
        } catch (IOException e) {
            throw new StartException(e.getMessage() + ". It is the setting https-identity.", e);
        }
    }

    /** What the broker shows at its start. */
    TlsIdentity broker() {
        return broker;
    }

    /** What the REST API shows at its start. */
    TlsIdentity rest() {
        return rest;
    }

    /** What the gateway shows to the broker when it connects now. */
    TlsIdentity own() {
        return own;
    }

    /** Looks after them from now on, on the timer's thread. A broker that others run shows the one in its kit ({@link KitCertificate}). */
    void watch(ScheduledExecutorService timer, RestServer server, Broker running) {
        var watch = new CertificateWatch();
        watch.add("the gateway", own, this::newestOwn, newest -> own = newest);
        watch.add("the REST API", rest, this::newestRest, server::use);
        if (!(settings.broker() instanceof BrokerChoice.Kit)) {
            watch.add("the broker", broker, this::newestBroker, running::use);
        }
        watch.start(timer, settings.patience().certificateCheck());
    }
}
