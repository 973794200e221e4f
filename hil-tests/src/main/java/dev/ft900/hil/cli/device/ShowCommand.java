package dev.ft900.hil.cli.device;

import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./ft900 device show}. */
@Command(name = "show", description = "One board as it is registered, with its certificates.")
final class ShowCommand implements Callable<Integer> {
    @Mixin
    private GatewayOptions gateway;

    @Mixin
    private BoardArgument board;

    @Override
    public Integer call() throws CommandException, RefusedException {
        var answer = gateway.open().get(board.path());
        var table = new Table("certificate", "not after", "state");
        for (var certificate : answer.path("certificates")) {
            table.row(
                    certificate.path("serial").asText(),
                    certificate.path("notAfter").asText(),
                    certificate.has("revoked")
                            ? "revoked " + certificate.path("revoked").asText() + " ("
                                    + certificate.path("reason").asText() + ")"
                            : "good");
        }
        gateway.common().print(Words.members(answer) + "\n\n" + table);
        gateway.common().result(answer);
        return ExitCode.OK;
    }
}
