package dev.ft900.gateway.app;

import dev.ft900.ca.store.Endpoints;
import dev.ft900.gateway.broker.BrokerChoice;
import dev.ft900.gateway.broker.outside.KitSettings;
import dev.ft900.protocol.slot.BrokerAddress;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;

/** Where a gateway and its broker are to be reached: as the settings say, or as last time, or anywhere free. */
final class OwnAddresses {
    private OwnAddresses() {}

    /**
     * Chooses ports that are free now.
     *
     * @throws StartException a port that the settings ask for is taken
     */
    static Endpoints choose(GatewaySettings settings, Optional<Endpoints> lastTime) throws StartException, IOException {
        var wantedMqtt = GatewaySettings.chosen(settings.mqttPort());
        int https = Ports.choose(
                settings.listen(),
                GatewaySettings.chosen(settings.httpsPort()),
                port(lastTime.map(last -> last.gateway().getPort())),
                wantedMqtt.orElse(0),
                "--https-port");
        if (settings.broker() instanceof BrokerChoice.Kit kit) {
            return new Endpoints(
                    rest(settings, https), KitSettings.load(kit.folder()).broker());
        }
        int mqtt = Ports.choose(
                settings.listen(),
                wantedMqtt,
                port(lastTime.map(last -> last.broker().port())),
                https,
                "--mqtt-port");
        return new Endpoints(
                rest(settings, https), new BrokerAddress(settings.advertise(), mqtt, settings.advertise()));
    }

    /** The address of the REST API. */
    static URI rest(GatewaySettings settings, int port) {
        return URI.create("https://" + settings.advertise() + ":" + port);
    }

    private static OptionalInt port(Optional<Integer> port) {
        return port.map(OptionalInt::of).orElse(OptionalInt.empty());
    }
}
