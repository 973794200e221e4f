package dev.ft900.gateway.broker;

import com.hivemq.extension.sdk.api.events.client.ClientLifecycleEventListener;
import com.hivemq.extension.sdk.api.events.client.parameters.AuthenticationSuccessfulInput;
import com.hivemq.extension.sdk.api.events.client.parameters.ConnectionStartInput;
import com.hivemq.extension.sdk.api.events.client.parameters.DisconnectEventInput;
import java.util.UUID;

/**
 * Tells {@link BrokerAccess} who comes and goes. A connection is named by an attribute that it carries until its end; one that was refused
 * has none.
 */
final class HiveMqLifecycle implements ClientLifecycleEventListener {
    private static final String NAME = "ft900-connection";

    private final BrokerAccess access;

    HiveMqLifecycle(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void onMqttConnectionStart(ConnectionStartInput input) {
        // Not yet admitted.
    }

    @Override
    public void onAuthenticationSuccessful(AuthenticationSuccessfulInput input) {
        var connection = input.getConnectionInformation();
        HiveMqAuthenticator.certificateOf(connection).ifPresent(certificate -> {
            var name = UUID.randomUUID().toString();
            connection.getConnectionAttributeStore().putAsString(NAME, name);
            access.connected(name, certificate, input.getClientInformation().getClientId());
        });
    }

    @Override
    public void onDisconnect(DisconnectEventInput input) {
        input.getConnectionInformation()
                .getConnectionAttributeStore()
                .getAsString(NAME)
                .ifPresent(access::disconnected);
    }
}
