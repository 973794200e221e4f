package dev.ft900.gateway.app;

import dev.ft900.ca.store.SharedDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.broker.BrokerChoice;
import dev.ft900.gateway.http.RestSettings;
import dev.ft900.gateway.tls.IdentityFile;
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
 * @param database a PostgreSQL database that it shares with other gateways, of which the state folder is told; where that says already
 *     when absent
 * @param name in topics and in its certificate
 * @param listen address on which both servers listen
 * @param advertise host name or address under which boards and clients reach them; goes into certificates and slots
 * @param httpsPort 0 for any free one, the one of last time if it is free
 * @param mqttPort 0 for any free one, the one of last time if it is free
 * @param patience how long it waits for what
 * @param broker with which broker it works; {@code mqttPort} does not count for one that others run
 * @param firstConnect whether boards register themselves by connecting
 * @param httpsIdentity key and certificates for the REST API, such as those of a public authority; the own authority's when absent
 * @param rest how the HTTPS server is to behave
 */
public record GatewaySettings(
        StateFolder state,
        Optional<SharedDatabase> database,
        GatewayName name,
        InetAddress listen,
        String advertise,
        int httpsPort,
        int mqttPort,
        Patience patience,
        BrokerChoice broker,
        FirstConnect firstConnect,
        Optional<IdentityFile> httpsIdentity,
        RestSettings rest) {
    public static final int DEFAULT_HTTPS_PORT = 8443;
    public static final int DEFAULT_MQTT_PORT = 8883;

    /**
     * How long the gateway waits.
     *
     * @param command for a board's answer
     * @param reset for a board to be back
     * @param drain for commands under way when it stops
     * @param certificateCheck between two looks at its certificates
     */
    public record Patience(Duration command, Duration reset, Duration drain, Duration certificateCheck) {
        /** Unless somebody says otherwise. */
        public static final Patience USUAL = new Patience(
                Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofMinutes(1));
    }

    /**
     * Whether a board that the register does not know is registered when it connects with a certificate that a trusted authority signed.
     *
     * @param authorities a PEM file with authorities that are trusted for it beside our own
     */
    public record FirstConnect(boolean isOn, Optional<Path> authorities) {
        public static final FirstConnect OFF = new FirstConnect(false, Optional.empty());
    }

    /** On the loopback interface, with the usual patience. */
    public static GatewaySettings onLoopback(StateFolder state, int httpsPort, int mqttPort) {
        return new GatewaySettings(
                state,
                Optional.empty(),
                new GatewayName("main"),
                InetAddress.getLoopbackAddress(),
                "localhost",
                httpsPort,
                mqttPort,
                Patience.USUAL,
                new BrokerChoice.Embedded(),
                FirstConnect.OFF,
                Optional.empty(),
                RestSettings.USUAL);
    }

    /** With another patience for boards. */
    public GatewaySettings withPatience(Duration command, Duration reset) {
        return withPatience(new Patience(command, reset, patience.drain(), patience.certificateCheck()));
    }

    /** With another patience. */
    public GatewaySettings withPatience(Patience other) {
        return with(other, broker, firstConnect, httpsIdentity, rest);
    }

    /** With another broker. */
    public GatewaySettings withBroker(BrokerChoice other) {
        return with(patience, other, firstConnect, httpsIdentity, rest);
    }

    /** With another rule for boards that nobody registered. */
    public GatewaySettings withFirstConnect(FirstConnect other) {
        return with(patience, broker, other, httpsIdentity, rest);
    }

    /** With a certificate from elsewhere. */
    public GatewaySettings withHttpsIdentity(IdentityFile file) {
        return with(patience, broker, firstConnect, Optional.of(file), rest);
    }

    /** With another HTTPS server. */
    public GatewaySettings withRest(RestSettings other) {
        return with(patience, broker, firstConnect, httpsIdentity, other);
    }

    /** At the same place under the same name. */
    private GatewaySettings with(
            Patience patience,
            BrokerChoice broker,
            FirstConnect firstConnect,
            Optional<IdentityFile> httpsIdentity,
            RestSettings rest) {
        return new GatewaySettings(
                state,
                database,
                name,
                listen,
                advertise,
                httpsPort,
                mqttPort,
                patience,
                broker,
                firstConnect,
                httpsIdentity,
                rest);
    }

    static OptionalInt chosen(int port) {
        return port == 0 ? OptionalInt.empty() : OptionalInt.of(port);
    }
}
