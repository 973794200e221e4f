package dev.ft900.hil.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.CommonOptions;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.gateway.app.Gateway;
import dev.ft900.gateway.app.StartException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./ft900 gateway}. */
@Command(
        name = "gateway",
        description = "Run the gateway for real boards.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {GatewayCommand.Run.class, GatewayCommand.Config.class})
final class GatewayCommand {

    /** {@code ./ft900 gateway run}. */
    @Command(
            name = "run",
            description = {
                "Run gateway and broker until Ctrl-C, without virtual boards.",
                "",
                "For boards on the network say under which name they reach this machine:",
                "  ./ft900 gateway run --listen 0.0.0.0 --advertise gateway.example"
            })
    static final class Run implements Callable<Integer> {
        @Mixin
        private CommonOptions common;

        @Mixin
        private ServerOptions server;

        @Override
        public Integer call() throws CommandException, StartException, InterruptedException {
            var settings = server.settings(common.state());
            Logging.bridge();
            try (var stop = new Stop(settings.patience().drain());
                    var gateway = Gateway.start(settings)) {
                new Welcome(common).announce(gateway, List.of());
                stop.await(gateway);
                common.say("Stopping ...");
            }
            return ExitCode.OK;
        }
    }

    /** {@code ./ft900 gateway config}. */
    @Command(
            name = "config",
            description = {
                "Show the settings with which gateway run would start, each with its source.",
                "",
                "Flags count more than the environment, which counts more than the file of --config. Secrets are not shown.",
                "Settings that are wrong are listed, all at once, and the exit code is 2."
            })
    static final class Config implements Callable<Integer> {
        @Mixin
        private CommonOptions common;

        @Mixin
        private ServerOptions server;

        @Override
        public Integer call() throws CommandException {
            var shown = server.effective().shown();
            var json = JsonNodeFactory.instance.objectNode();
            json.putObject("state").put("value", common.state().path().toString());
            shown.forEach((setting, given) ->
                    json.putObject(setting.name()).put("value", given.value()).put("source", given.source()));
            common.result(JsonNodeFactory.instance.objectNode().set("settings", json));
            common.print(shown.entrySet().stream()
                    .map(entry -> String.format(
                            "%-24s %-32s (%s)",
                            entry.getKey().name(),
                            entry.getValue().value(),
                            entry.getValue().source()))
                    .collect(Collectors.joining(
                            "\n", "state folder: " + common.state().path() + "\n", "")));
            return ExitCode.OK;
        }
    }
}
