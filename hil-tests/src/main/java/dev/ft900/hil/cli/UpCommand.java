package dev.ft900.hil.cli;

import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.CommonOptions;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.gateway.app.StartException;
import dev.ft900.hil.chain.Chain;
import dev.ft900.protocol.name.BoardId;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./ft900 up}. */
@Command(
        name = "up",
        description = {
            "Start the whole chain: certificate authority, broker, gateway, virtual boards.",
            "",
            "What is missing is made: authority, certificates, token, boards (each provisioned over its serial port).",
            "All of it stays in the state folder; the next up goes on with the same. Ctrl-C stops everything."
        })
final class UpCommand implements Callable<Integer> {
    private static final int MAX_BOARDS = 1_000;

    @Mixin
    private CommonOptions common;

    @Mixin
    private ServerOptions server;

    @Option(
            names = "--boards",
            paramLabel = "N",
            defaultValue = "1",
            description = "how many virtual boards, board1 to boardN (default: ${DEFAULT-VALUE})")
    private int count;

    @Override
    public Integer call() throws CommandException, StartException, InterruptedException {
        if (count < 0 || count > MAX_BOARDS) {
            throw new CommandException(ExitCode.USAGE, "expected --boards to be 0 to " + MAX_BOARDS + "; got " + count);
        }
        var ids = IntStream.rangeClosed(1, count)
                .mapToObj(n -> new BoardId("board" + n))
                .toList();
        var settings = server.settings(common.state());
        Logging.bridge();
        common.say("Starting gateway, broker and " + count + " virtual board" + (count == 1 ? "" : "s") + " ...");
        try (var stop = new Stop(settings.patience().drain());
                var chain = Chain.start(settings, ids, common::say)) {
            new Welcome(common).announce(chain.gateway(), ids);
            stop.await(chain.gateway());
            common.say("Stopping ...");
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        }
        return ExitCode.OK;
    }
}
