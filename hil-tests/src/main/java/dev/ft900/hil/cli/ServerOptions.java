package dev.ft900.hil.cli;

import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.app.GatewaySettings;
import dev.ft900.gateway.broker.BrokerChoice;
import dev.ft900.gateway.broker.BrokerKind;
import dev.ft900.gateway.http.RestSettings;
import dev.ft900.protocol.name.GatewayName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the servers listen and under which name they are reached. */
final class ServerOptions {
    @Option(
            names = "--https-port",
            paramLabel = "N",
            defaultValue = "" + GatewaySettings.DEFAULT_HTTPS_PORT,
            description = "port of the REST API; 0 for any free one (default: ${DEFAULT-VALUE})")
    private int httpsPort;

    @Option(
            names = "--mqtt-port",
            paramLabel = "N",
            defaultValue = "" + GatewaySettings.DEFAULT_MQTT_PORT,
            description = "port of the broker; 0 for any free one (default: ${DEFAULT-VALUE})")
    private int mqttPort;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            defaultValue = "localhost",
            description = "address to listen on; 0.0.0.0 for all (default: ${DEFAULT-VALUE})")
    private String listen;

    @Option(
            names = "--advertise",
            paramLabel = "HOST",
            defaultValue = "localhost",
            description =
                    "name or address under which boards and clients reach this machine (default: ${DEFAULT-VALUE})")
    private String advertise;

    @Option(
            names = "--broker",
            paramLabel = "NAME",
            defaultValue = "embedded",
            description = {
                "embedded, or rabbitmq or mosquitto as a child process, where it is installed",
                "(default: ${DEFAULT-VALUE})"
            })
    private String broker;

    @Option(
            names = "--broker-kit",
            paramLabel = "DIR",
            description = "a broker that others run, on the configuration that broker kit wrote to DIR")
    private Path brokerKit;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "main",
            description = "this gateway's name in topics and in its certificate, " + GatewayName.RULE
                    + " (default: ${DEFAULT-VALUE})")
    private String name;

    @Option(
            names = "--https-identity",
            paramLabel = "FILE",
            description = "PEM file with key and certificates for the REST API, such as those of a public authority "
                    + "(default: a certificate of the own authority)")
    private Path httpsIdentity;

    GatewaySettings settings(StateFolder state) throws CommandException {
        requirePort("--https-port", httpsPort);
        requirePort("--mqtt-port", mqttPort);
        if (httpsPort != 0 && httpsPort == mqttPort) {
            throw new CommandException(
                    ExitCode.USAGE, "expected two ports; --https-port and --mqtt-port are both " + httpsPort);
        }
        var gateway = GatewayName.from(name)
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE, "expected --name to be " + GatewayName.RULE + "; got " + name));
        try {
            return new GatewaySettings(
                    state,
                    gateway,
                    InetAddress.getByName(listen),
                    advertise,
                    httpsPort,
                    mqttPort,
                    GatewaySettings.COMMAND_PATIENCE,
                    GatewaySettings.RESET_PATIENCE,
                    choice(),
                    Optional.ofNullable(httpsIdentity),
                    RestSettings.USUAL);
        } catch (UnknownHostException e) {
            throw new CommandException(
                    ExitCode.USAGE, "expected --listen to be an address of this machine; got " + listen, e);
        }
    }

    private BrokerChoice choice() throws CommandException {
        if (brokerKit == null) {
            return BrokerNames.choice(broker);
        }
        if (!broker.equals(BrokerKind.EMBEDDED.word())) {
            throw new CommandException(ExitCode.USAGE, "expected --broker or --broker-kit; got both");
        }
        return new BrokerChoice.Kit(brokerKit.toAbsolutePath().normalize());
    }

    private static void requirePort(String option, int port) throws CommandException {
        if (port < 0 || port > 65_535) {
            throw new CommandException(ExitCode.USAGE, "expected " + option + " to be 0 to 65535; got " + port);
        }
    }
}
