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
import dev.ft900.protocol.name.GatewayName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
                "DIR/README.md has the three commands that install the broker, start it and start a gateway with it."
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
                description = "where to write it; files of an earlier kit are replaced")
        private Path out;

        @Option(
                names = "--mqtt-port",
                paramLabel = "N",
                defaultValue = "" + GatewaySettings.DEFAULT_MQTT_PORT,
                description = "port of the broker (default: ${DEFAULT-VALUE})")
        private int mqttPort;

        @Option(
                names = "--listen",
                paramLabel = "ADDRESS",
                defaultValue = "localhost",
                description = "address on which the broker listens; 0.0.0.0 for all (default: ${DEFAULT-VALUE})")
        private String listen;

        @Option(
                names = "--advertise",
                paramLabel = "HOST",
                defaultValue = "localhost",
                description = "name or address under which boards reach the broker (default: ${DEFAULT-VALUE})")
        private String advertise;

        @Option(
                names = "--gateway",
                paramLabel = "NAME",
                defaultValue = "main",
                description = "a gateway that works with this broker; may be repeated (default: ${DEFAULT-VALUE})")
        private List<String> gateways;

        @Override
        public Integer call() throws CommandException, StartException {
            var kind = BrokerNames.kind(name);
            if (kind == BrokerKind.EMBEDDED) {
                throw new CommandException(
                        ExitCode.USAGE, "expected rabbitmq or mosquitto; the embedded broker needs no kit");
            }
            if (mqttPort < 1 || mqttPort > 65_535) {
                throw new CommandException(ExitCode.USAGE, "expected --mqtt-port to be 1 to 65535; got " + mqttPort);
            }
            DatabaseVariables.apply(common.state());
            var settings = new BrokerKit(kind, out, address(), advertise, mqttPort, names(), KitPorts.USUAL)
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

        private InetAddress address() throws CommandException {
            try {
                return InetAddress.getByName(listen);
            } catch (UnknownHostException e) {
                throw new CommandException(
                        ExitCode.USAGE, "expected --listen to be an address of this machine; got " + listen, e);
            }
        }

        private List<GatewayName> names() throws CommandException {
            var names = new ArrayList<GatewayName>();
            for (var text : gateways) {
                names.add(GatewayName.from(text)
                        .orElseThrow(() -> new CommandException(
                                ExitCode.USAGE, "expected --gateway to be " + GatewayName.RULE + "; got " + text)));
            }
            return names;
        }
    }
}
