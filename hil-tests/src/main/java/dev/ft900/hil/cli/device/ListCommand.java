package dev.ft900.hil.cli.device;

import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./ft900 device list}. */
@Command(name = "list", description = "The registered boards, and which are there.")
final class ListCommand implements Callable<Integer> {
    @Mixin
    private GatewayOptions gateway;

    @Override
    public Integer call() throws CommandException, RefusedException {
        var answer = gateway.open().get(GatewayCalls.DEVICES);
        var table = new Table("id", "presence", "since", "firmware", "mac");
        for (var device : answer.path("devices")) {
            table.row(
                    device.path("id").asText(),
                    Words.presence(device),
                    Words.time(device.path("since")),
                    device.path("firmware").asText("-"),
                    device.path("mac").asText("-"));
        }
        gateway.common().print(table.toString());
        gateway.common().result(answer);
        return ExitCode.OK;
    }
}
