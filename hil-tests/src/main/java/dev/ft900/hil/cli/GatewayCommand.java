package dev.ft900.hil.cli;

import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.CommonOptions;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.gateway.app.Gateway;
import dev.ft900.gateway.app.StartException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./ft900 gateway}. */
@Command(
        name = "gateway",
        description = "Run the gateway for real boards.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = GatewayCommand.Run.class)
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
            Logging.bridge();
            try (var stop = new Stop();
                    var gateway = Gateway.start(server.settings(common.state()))) {
                new Welcome(common).announce(gateway, List.of());
                stop.await();
                common.say("Stopping ...");
            }
            return ExitCode.OK;
        }
    }
}
