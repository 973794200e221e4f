package dev.ft900.ca.cli;

import com.fasterxml.jackson.databind.JsonNode;
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
            print("", json);
            common.result(json);
            return ExitCode.OK;
        }
    }

    private void print(String indent, JsonNode object) {
        object.properties().forEach(field -> {
            common.print(String.format(
                    "%-14s %s", indent + field.getKey(), field.getValue().asText()));
            if (field.getValue().isObject()) {
                print(indent + "  ", field.getValue());
            }
        });
    }
}
