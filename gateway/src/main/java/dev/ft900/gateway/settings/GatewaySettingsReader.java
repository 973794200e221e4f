package dev.ft900.gateway.settings;

import dev.ft900.ca.store.SharedDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.app.GatewaySettings;
import dev.ft900.gateway.broker.BrokerChoice;
import dev.ft900.gateway.broker.BrokerKind;
import dev.ft900.gateway.http.RestSettings;
import dev.ft900.gateway.tls.IdentityFile;
import java.util.Optional;
import java.util.Set;

/** Makes of settings as people give them what a gateway is started with. */
public final class GatewaySettingsReader {
    private GatewaySettingsReader() {}

    public static GatewaySettings read(StateFolder state, EffectiveSettings settings) {
        return new GatewaySettings(
                state,
                database(settings),
                settings.get(Settings.NAME),
                settings.get(Settings.LISTEN),
                settings.get(Settings.ADVERTISE),
                settings.get(Settings.HTTPS_PORT),
                settings.get(Settings.MQTT_PORT),
                new GatewaySettings.Patience(
                        settings.get(Settings.COMMAND_TIMEOUT),
                        settings.get(Settings.RESET_TIMEOUT),
                        settings.get(Settings.DRAIN_TIMEOUT),
                        settings.get(Settings.CERTIFICATE_CHECK)),
                broker(settings),
                new GatewaySettings.FirstConnect(
                        settings.get(Settings.FIRST_CONNECT), settings.find(Settings.FIRST_CONNECT_CA)),
                settings.find(Settings.HTTPS_IDENTITY)
                        .map(file -> new IdentityFile(file, settings.find(Settings.HTTPS_IDENTITY_PASSWORD))),
                new RestSettings(settings.find(Settings.CORS_ORIGINS).orElse(Set.of()), limits(settings)));
    }

    private static Optional<SharedDatabase> database(EffectiveSettings settings) {
        return settings.find(Settings.DATABASE_URL)
                .map(url -> new SharedDatabase(
                        url, settings.find(Settings.DATABASE_USER), settings.find(Settings.DATABASE_PASSWORD)));
    }

    private static RestSettings.Limits limits(EffectiveSettings settings) {
        return new RestSettings.Limits(
                settings.get(Settings.CALLS_PER_SECOND),
                settings.get(Settings.MAX_CONNECTIONS),
                settings.get(Settings.MAX_EVENT_STREAMS),
                settings.get(Settings.MAX_BODY),
                settings.get(Settings.MAX_HEADER),
                settings.get(Settings.MAX_URL),
                settings.get(Settings.IDLE_TIMEOUT));
    }

    private static BrokerChoice broker(EffectiveSettings settings) {
        return settings.find(Settings.BROKER_KIT)
                .<BrokerChoice>map(BrokerChoice.Kit::new)
                .orElseGet(() -> {
                    var kind = BrokerKind.from(settings.get(Settings.BROKER)).orElseThrow();
                    return kind == BrokerKind.EMBEDDED ? new BrokerChoice.Embedded() : new BrokerChoice.Child(kind);
                });
    }
}
