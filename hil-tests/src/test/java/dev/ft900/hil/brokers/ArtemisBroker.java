package dev.ft900.hil.brokers;

import dev.ft900.gateway.broker.BrokerAccess;
import dev.ft900.gateway.broker.BrokerSettings;
import dev.ft900.gateway.broker.BrokerTls;
import dev.ft900.gateway.broker.EmbeddedBroker;
import dev.ft900.gateway.tls.TlsIdentity;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTInterceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.apache.activemq.artemis.utils.CertificateUtil;

/** Apache Artemis as the other candidate of the comparison: the same interface, as strict as it can be made. */
final class ArtemisBroker implements EmbeddedBroker {
    private final EmbeddedActiveMQ artemis;
    private final int port;
    private final Map<String, RemotingConnection> byClientId;

    private ArtemisBroker(EmbeddedActiveMQ artemis, int port, Map<String, RemotingConnection> byClientId) {
        this.artemis = artemis;
        this.port = port;
        this.byClientId = byClientId;
    }

    static ArtemisBroker start(BrokerSettings settings, BrokerAccess access) throws Exception {
        var tls = BrokerTls.write(settings);
        var configuration = new ConfigurationImpl();
        configuration.setPersistenceEnabled(false);
        configuration.setSecurityEnabled(true);
        // Else a revoked client that was seen lately is let in again.
        configuration.setAuthenticationCacheSize(0);
        configuration.setJMXManagementEnabled(false);
        configuration.setJournalDirectory(settings.scratch().resolve("journal").toString());
        configuration.addAddressSetting(
                "#",
                new AddressSettings()
                        .setAutoCreateQueues(true)
                        .setAutoCreateAddresses(true)
                        .setAutoDeleteQueues(true)
                        .setAutoDeleteAddresses(true));
        Map<String, Object> parameters = new HashMap<>();
        parameters.put(TransportConstants.HOST_PROP_NAME, settings.address().getHostAddress());
        parameters.put(TransportConstants.PORT_PROP_NAME, settings.port());
        parameters.put(TransportConstants.PROTOCOLS_PROP_NAME, "MQTT");
        parameters.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
        parameters.put(TransportConstants.NEED_CLIENT_AUTH_PROP_NAME, true);
        parameters.put(
                TransportConstants.KEYSTORE_PATH_PROP_NAME, tls.keyStore().toString());
        parameters.put(TransportConstants.KEYSTORE_PASSWORD_PROP_NAME, tls.password());
        parameters.put(TransportConstants.KEYSTORE_TYPE_PROP_NAME, "JKS");
        parameters.put(
                TransportConstants.TRUSTSTORE_PATH_PROP_NAME, tls.trustStore().toString());
        parameters.put(TransportConstants.TRUSTSTORE_PASSWORD_PROP_NAME, tls.password());
        parameters.put(TransportConstants.TRUSTSTORE_TYPE_PROP_NAME, "JKS");
        parameters.put(TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, String.join(",", TlsIdentity.PROTOCOLS));
        parameters.put(TransportConstants.ENABLED_CIPHER_SUITES_PROP_NAME, String.join(",", TlsIdentity.SUITES));
        parameters.put(TransportConstants.TCP_NODELAY_PROPNAME, true);
        parameters.put(TransportConstants.REMOTING_THREADS_PROPNAME, 4);
        configuration.addAcceptorConfiguration(
                new TransportConfiguration(NettyAcceptorFactory.class.getName(), parameters, "mqtt"));
        Map<String, RemotingConnection> connections = new ConcurrentHashMap<>();
        var artemis = new EmbeddedActiveMQ();
        artemis.setConfiguration(configuration);
        artemis.setSecurityManager(new Security(access));
        artemis.start();
        artemis.getActiveMQServer().getRemotingService().addIncomingInterceptor((MQTTInterceptor)
                (packet, connection) -> {
                    if (packet instanceof MqttConnectMessage connect) {
                        var clientId = connect.payload().clientIdentifier();
                        var chain = CertificateUtil.getCertsFromConnection(connection);
                        if (chain == null || !commonName(chain[0]).equals(clientId)) {
                            connection.disconnect(false);
                            return false;
                        }
                        connections.put(clientId, connection);
                        access.connected(String.valueOf(connection.getID()), chain[0], clientId);
                    }
                    return true;
                });
        return new ArtemisBroker(artemis, settings.port(), connections);
    }

    private static String commonName(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName().substring("CN=".length());
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void disconnect(String clientId) {
        var connection = byClientId.remove(clientId);
        if (connection != null) {
            connection.disconnect(false);
            connection.destroy();
        }
    }

    @Override
    public long connections() {
        return artemis.getActiveMQServer().getConnectionCount();
    }

    @Override
    public void use(TlsIdentity identity) {
        throw new UnsupportedOperationException("the comparison replaces no certificates");
    }

    @Override
    public void close() {
        try {
            artemis.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks {@link BrokerAccess} and keeps to what it granted. */
    private static final class Security implements ActiveMQSecurityManager5 {
        private final BrokerAccess access;
        private final Map<String, BrokerAccess.Grant> grants = new ConcurrentHashMap<>();

        Security(BrokerAccess access) {
            this.access = access;
        }

        @Override
        public Subject authenticate(String user, String password, RemotingConnection connection, String domain) {
            var chain = CertificateUtil.getCertsFromConnection(connection);
            if (chain == null) {
                return null;
            }
            var name = commonName(chain[0]);
            var grant = access.admit(chain[0], name);
            if (grant.isEmpty()) {
                return null;
            }
            grants.put(name, grant.get());
            return new Subject(true, Set.of(new UserPrincipal(name)), Set.of(), Set.of());
        }

        @Override
        public boolean authorize(Subject subject, Set<Role> roles, CheckType check, String address) {
            var name = subject.getPrincipals().iterator().next().getName();
            var grant = grants.get(name);
            var topic = address.replace('.', '/').replace("::", "/");
            return switch (check) {
                case SEND, CREATE_ADDRESS -> covers(grant, topic, true) || covers(grant, topic, false);
                case CONSUME,
                        CREATE_NON_DURABLE_QUEUE,
                        DELETE_NON_DURABLE_QUEUE,
                        CREATE_DURABLE_QUEUE,
                        DELETE_DURABLE_QUEUE -> covers(grant, topic, false) || topic.startsWith("$sys");
                default -> false;
            };
        }

        private static boolean covers(BrokerAccess.Grant grant, String topic, boolean publish) {
            var filters = new java.util.ArrayList<>(publish ? grant.publish() : grant.subscribe());
            if (publish) {
                filters.addAll(grant.publishRetained());
            }
            // Artemis writes single-level wildcards as *, and puts the queue's name behind the address.
            return filters.stream()
                    .map(filter -> filter.replace("+", "[^/]+"))
                    .anyMatch(filter -> topic.replace("*", "+").matches(filter + "(/.*)?"));
        }

        @Override
        public boolean validateUser(String user, String password) {
            return false;
        }

        @Override
        public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType check) {
            return false;
        }
    }
}
