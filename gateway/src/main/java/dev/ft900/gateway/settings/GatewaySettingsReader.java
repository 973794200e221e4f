package dev.ft900.gateway.settings;

import dev.ft900.ca.store.SharedDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.app.GatewaySettings;
import dev.ft900.gateway.broker.BrokerChoice;
import dev.ft900.gateway.broker.BrokerKind;
import dev.ft900.gateway.http.RestSettings;
import dev.ft900.gateway.tls.IdentityFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes of settings as people give them what a gateway is started with. */
public final class GatewaySettingsReader {
    private GatewaySettingsReader() {}

    /**
     * @throws SettingsException a user or a password of a database is said, and nowhere which one
     * @throws IOException what the state folder says of its database cannot be read
     */
    public static GatewaySettings read(StateFolder state, EffectiveSettings settings)
            throws SettingsException, IOException {
        return new GatewaySettings(
                state,
                database(state, settings),
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
                new RestSettings(
                        settings.find(Settings.CORS_ORIGINS).orElse(Set.of()),
                        limits(settings),
                        new RestSettings.AuditKept(
                                settings.get(Settings.AUDIT_KEPT), settings.get(Settings.AUDIT_ENTRIES)),
                        settings.get(Settings.HSTS)));
    }

    private static Optional<SharedDatabase> database(StateFolder state, EffectiveSettings settings)
            throws SettingsException, IOException {
        var url = settings.find(Settings.DATABASE_URL);
        var user = settings.find(Settings.DATABASE_USER);
        var password = settings.find(Settings.DATABASE_PASSWORD);
        if (url.or(() -> user).or(() -> password).isEmpty()) {
            return Optional.empty();
        }
        var database = SharedDatabase.said(state, url, user, password);
        if (database.isEmpty()) {
            throw new SettingsException(List.of("expected database-url with "
                    + (user.isPresent() ? Settings.DATABASE_USER : Settings.DATABASE_PASSWORD).name()
                    + ", or a state folder that names a database; got neither"));
        }
        return database;
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
