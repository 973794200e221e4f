package dev.ft900.gateway.broker;

import com.hivemq.extension.sdk.api.events.client.ClientLifecycleEventListener;
import com.hivemq.extension.sdk.api.events.client.parameters.AuthenticationSuccessfulInput;
import com.hivemq.extension.sdk.api.events.client.parameters.ConnectionStartInput;
import com.hivemq.extension.sdk.api.events.client.parameters.DisconnectEventInput;

/** Tells {@link BrokerAccess} who comes and goes. */
final class HiveMqLifecycle implements ClientLifecycleEventListener {
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
        HiveMqAuthenticator.certificateOf(input.getConnectionInformation())
                .ifPresent(certificate -> access.connected(
                        certificate, input.getClientInformation().getClientId()));
    }

    @Override
    public void onDisconnect(DisconnectEventInput input) {
        access.disconnected(input.getClientInformation().getClientId());
    }
}
