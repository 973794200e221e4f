package dev.ft900.gateway.broker;

import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission.MqttActivity;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission.PermissionType;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission.Retain;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission.SharedSubscription;
import com.hivemq.extension.sdk.api.client.parameter.ClientTlsInformation;
import com.hivemq.extension.sdk.api.client.parameter.ConnectionInformation;
import com.hivemq.extension.sdk.api.packets.auth.DefaultAuthorizationBehaviour;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks {@link BrokerAccess} about every client, and holds each to what it was granted. */
final class HiveMqAuthenticator implements SimpleAuthenticator {
    private static final Logger LOG = LoggerFactory.getLogger(HiveMqAuthenticator.class);

    private final BrokerAccess access;

    HiveMqAuthenticator(BrokerAccess access) {
        this.access = access;
    }

    /** The certificate that a client showed in its handshake. */
    static Optional<X509Certificate> certificateOf(ConnectionInformation connection) {
        return connection.getClientTlsInformation().flatMap(ClientTlsInformation::getClientCertificate);
    }

    @Override
    public void onConnect(SimpleAuthInput input, SimpleAuthOutput output) {
        var clientId = input.getConnectPacket().getClientId();
        try {
            var grant = certificateOf(input.getConnectionInformation())
                    .flatMap(certificate -> access.admit(certificate, clientId));
            if (grant.isEmpty()) {
                output.failAuthentication("not admitted");
                return;
            }
            var permissions = output.getDefaultPermissions();
            permissions.clear();
            permissions.addAll(permissions(grant.get()));
            permissions.setDefaultBehaviour(DefaultAuthorizationBehaviour.DENY);
            output.authenticateSuccessfully();
        } catch (RuntimeException e) {
            LOG.error("{} was refused because its standing could not be found out", clientId, e);
            output.failAuthentication("not admitted");
        }
    }

    private static List<TopicPermission> permissions(BrokerAccess.Grant grant) {
        var permissions = new ArrayList<TopicPermission>();
        grant.publish()
                .forEach(filter -> permissions.add(permission(filter, MqttActivity.PUBLISH, Retain.NOT_RETAINED)));
        grant.publishRetained()
                .forEach(filter -> permissions.add(permission(filter, MqttActivity.PUBLISH, Retain.ALL)));
        grant.subscribe().forEach(filter -> permissions.add(permission(filter, MqttActivity.SUBSCRIBE, Retain.ALL)));
        return permissions;
    }

    private static TopicPermission permission(String filter, MqttActivity activity, Retain retain) {
        var builder = Builders.topicPermission()
                .topicFilter(filter)
                .type(PermissionType.ALLOW)
                .activity(activity)
                .sharedSubscription(SharedSubscription.NOT_SHARED);
        return activity == MqttActivity.PUBLISH ? builder.retain(retain).build() : builder.build();
    }
}
