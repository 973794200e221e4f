package dev.ft900.ca.cli;

import dev.ft900.protocol.exchange.Ticker;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./ft900 flash info}. */
@Command(
        name = "info",
        description = "Show who the board at a port is: chip, firmware, UID, MAC, clock, slot, certificate.")
final class FlashInfoCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private LinkOptions link;

    @Override
    public Integer call() throws CommandException {
        try (var open = link.open(Ticker.SYSTEM)) {
            var json = BoardView.read(open.station()).json().put("port", open.port());
            json.properties()
                    .forEach(field -> common.say(String.format(
                            "%-12s %s",
                            field.getKey(),
                            field.getValue().isValueNode() ? field.getValue().asText() : field.getValue())));
            common.result(json);
            return ExitCode.OK;
        }
    }
}
