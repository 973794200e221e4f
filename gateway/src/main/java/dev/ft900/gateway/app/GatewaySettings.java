package dev.ft900.gateway.app;

import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.broker.BrokerChoice;
import dev.ft900.gateway.http.RestSettings;
import dev.ft900.protocol.name.GatewayName;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a gateway is to run.
 *
 * @param state where it keeps everything
 * @param name in topics and in its certificate
 * @param listen address on which both servers listen
 * @param advertise host name or address under which boards and clients reach them; goes into certificates and slots
 * @param httpsPort 0 for any free one, the one of last time if it is free
 * @param mqttPort 0 for any free one, the one of last time if it is free
 * @param commandPatience how long to wait for a board's answer
 * @param resetPatience how long to wait for a board to be back
 * @param broker with which broker it works; {@code mqttPort} does not count for one that others run
 * @param httpsIdentity a PEM file with key and certificates for the REST API, such as one from a public authority; the own authority's
 *     when absent
 * @param rest how the HTTPS server is to behave
 */
public record GatewaySettings(
        StateFolder state,
        GatewayName name,
        InetAddress listen,
        String advertise,
        int httpsPort,
        int mqttPort,
        Duration commandPatience,
        Duration resetPatience,
        BrokerChoice broker,
        Optional<Path> httpsIdentity,
        RestSettings rest) {
    public static final int DEFAULT_HTTPS_PORT = 8443;
    public static final int DEFAULT_MQTT_PORT = 8883;

    /** How long a board may take to answer, unless somebody says otherwise. */
    public static final Duration COMMAND_PATIENCE = Duration.ofSeconds(5);

    /** How long a board may take to be back, unless somebody says otherwise. */
    public static final Duration RESET_PATIENCE = Duration.ofSeconds(30);

    /** On the loopback interface, with the usual patience. */
    public static GatewaySettings onLoopback(StateFolder state, int httpsPort, int mqttPort) {
        return new GatewaySettings(
                state,
                new GatewayName("main"),
                InetAddress.getLoopbackAddress(),
                "localhost",
                httpsPort,
                mqttPort,
                COMMAND_PATIENCE,
                RESET_PATIENCE,
                new BrokerChoice.Embedded(),
                Optional.empty(),
                RestSettings.USUAL);
    }

    /** With another patience. */
    public GatewaySettings withPatience(Duration command, Duration reset) {
        return new GatewaySettings(
                state, name, listen, advertise, httpsPort, mqttPort, command, reset, broker, httpsIdentity, rest);
    }

    /** With another broker. */
    public GatewaySettings withBroker(BrokerChoice other) {
        return new GatewaySettings(
                state,
                name,
                listen,
                advertise,
                httpsPort,
                mqttPort,
                commandPatience,
                resetPatience,
                other,
                httpsIdentity,
                rest);
    }

    /** With another HTTPS server. */
    public GatewaySettings withRest(RestSettings other) {
        return new GatewaySettings(
                state,
                name,
                listen,
                advertise,
                httpsPort,
                mqttPort,
                commandPatience,
                resetPatience,
                broker,
                httpsIdentity,
                other);
    }

    static OptionalInt chosen(int port) {
        return port == 0 ? OptionalInt.empty() : OptionalInt.of(port);
    }
}
