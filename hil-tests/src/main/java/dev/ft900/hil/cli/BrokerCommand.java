package dev.ft900.hil.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.CommonOptions;
import dev.ft900.ca.cli.DatabaseVariables;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.gateway.app.BrokerKit;
import dev.ft900.gateway.app.GatewaySettings;
import dev.ft900.gateway.app.StartException;
import dev.ft900.gateway.broker.BrokerKind;
import dev.ft900.gateway.broker.outside.KitPorts;
import dev.ft900.gateway.broker.outside.KitSettings;
import dev.ft900.protocol.name.GatewayName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./ft900 broker}. */
@Command(
        name = "broker",
        description = "Brokers that run outside the gateway.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = BrokerCommand.Kit.class)
final class BrokerCommand {

    /** {@code ./ft900 broker kit}. */
    @Command(
            name = "kit",
            description = {
                "Write a ready configuration for RabbitMQ or Mosquitto: TLS files, rules, revocation, a start script.",
                "",
                "DIR/README.md has the three commands that install the broker, start it and start a gateway with it.",
                "Over a kit that is there (before its certificate ends), what is not said stays as it was, and so do its secrets."
            })
    static final class Kit implements Callable<Integer> {
        @Mixin
        private CommonOptions common;

        @Parameters(paramLabel = "NAME", description = "rabbitmq or mosquitto")
        private String name;

        @Option(
                names = "--out",
                paramLabel = "DIR",
                required = true,
                description = "where to write it, or the kit to write again")
        private Path out;

        @Option(
                names = "--mqtt-port",
                paramLabel = "N",
                description = "port of the broker (default: " + GatewaySettings.DEFAULT_MQTT_PORT + ")")
        private Integer mqttPort;

        @Option(
                names = "--listen",
                paramLabel = "ADDRESS",
                description = "address on which the broker listens; 0.0.0.0 for all (default: localhost)")
        private String listen;

        @Option(
                names = "--advertise",
                paramLabel = "HOST",
                description = "name or address under which boards reach the broker (default: localhost)")
        private String advertise;

        @Option(
                names = "--gateway",
                paramLabel = "NAME",
                description = "a gateway that works with this broker; may be repeated (default: main)")
        private List<String> gateways;

        @Option(
                names = "--inner-ports",
                paramLabel = "API,ASK,NODE,EPMD",
                description = {
                    "RabbitMQ's four ports on the loopback interface, another four for each kit on a machine: its HTTP API, where it asks the gateway, "
                            + "between its nodes, their list of names (default: 15673,15674,25673,4370)"
                })
        private String innerPorts;

        @Option(names = "--as-root", description = "let Mosquitto run as root, where root writes the kit and starts it")
        private boolean asRoot;

        @Override
        public Integer call() throws CommandException, StartException {
            var kind = BrokerNames.kind(name);
            if (kind == BrokerKind.EMBEDDED) {
                throw new CommandException(
                        ExitCode.USAGE, "expected rabbitmq or mosquitto; the embedded broker needs no kit");
            }
            if (mqttPort != null && (mqttPort < 1 || mqttPort > 65_535)) {
                throw new CommandException(ExitCode.USAGE, "expected --mqtt-port to be 1 to 65535; got " + mqttPort);
            }
            if (innerPorts != null && kind != BrokerKind.RABBITMQ) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "expected --inner-ports with rabbitmq only; " + kind.title() + " has no port but --mqtt-port");
            }
            var before = before(kind);
            var ports = said(ports(), before.map(KitSettings::ports), KitPorts.USUAL);
            DatabaseVariables.apply(common.state());
            var settings = new BrokerKit(
                            kind,
                            out,
                            address(said(listen, before.map(KitSettings::listen), "localhost")),
                            said(advertise, before.map(kit -> kit.broker().host()), "localhost"),
                            said(mqttPort, before.map(kit -> kit.broker().port()), GatewaySettings.DEFAULT_MQTT_PORT),
                            names(said(gateways, before.map(KitSettings::gateways), List.of("main"))),
                            ports,
                            asRoot || before.map(KitSettings::asRoot).orElse(false),
                            Launcher.command())
                    .write(common.state());
            common.say("Wrote a configuration of " + kind.title() + " for "
                    + settings.broker().uri() + " to " + out + ". How to go on stands in " + out.resolve("README.md")
                    + ".");
            common.result(JsonNodeFactory.instance
                    .objectNode()
                    .put("kit", out.toString())
                    .put("broker", settings.broker().uri())
                    .put("start", out.resolve("start").toString()));
            return ExitCode.OK;
        }

        private Optional<KitSettings> before(BrokerKind kind) throws CommandException {
            try {
                var before = KitSettings.find(out);
                if (before.isPresent() && before.get().kind() != kind) {
                    throw new CommandException(
                            ExitCode.USAGE,
                            "expected " + out + " to be new or a kit of " + kind.title() + "; it is one of "
                                    + before.get().kind().title());
                }
                return before;
            } catch (IOException e) {
                throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
            }
        }

        /** Null when none were said. */
        private KitPorts ports() throws CommandException {
            return innerPorts == null
                    ? null
                    : KitPorts.from(innerPorts)
                            .orElseThrow(() -> new CommandException(
                                    ExitCode.USAGE,
                                    "expected --inner-ports to be four different ports, each 1 to 65535, such as "
                                            + KitPorts.USUAL + "; got " + innerPorts));
        }

        private static <T> T said(T now, Optional<T> before, T usual) {
            return now != null ? now : before.orElse(usual);
        }

        private static InetAddress address(String text) throws CommandException {
            try {
                return InetAddress.getByName(text);
            } catch (UnknownHostException e) {
                throw new CommandException(
                        ExitCode.USAGE, "expected --listen to be an address of this machine; got " + text, e);
            }
        }

        private static List<GatewayName> names(List<String> texts) throws CommandException {
            var names = new ArrayList<GatewayName>();
            for (var text : texts) {
                names.add(GatewayName.from(text)
                        .orElseThrow(() -> new CommandException(
                                ExitCode.USAGE, "expected --gateway to be " + GatewayName.RULE + "; got " + text)));
            }
            return names;
        }
    }
}
