package dev.ft900.ca.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ft900.ca.flash.Provisioned;
import java.time.Duration;
import java.util.Locale;

/** A provisioned board as JSON. */
final class ProvisionedJson {
    private ProvisionedJson() {}

    static ObjectNode of(Provisioned board) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("id", board.id().value())
                .put("uid", board.facts().uid().toString())
                .put("mac", board.facts().mac().toString())
                .put("chipId", board.facts().chipId())
                .put("firmware", board.facts().firmware().value())
                .put("serial", board.serial())
                .put("keyHash", board.keyHash())
                .put("generation", board.generation())
                .put("broker", board.broker().uri())
                .put("recordBytes", board.recordBytes())
                .put("baud", board.rate())
                .put("online", board.online());
        board.warnings().forEach(json.putArray("warnings")::add);
        var millis = json.putObject("stepMs");
        var bytes = json.putObject("stepBytes");
        board.timings().forEach((step, timing) -> {
            var name = step.name().toLowerCase(Locale.ROOT);
            millis.put(name, millis(timing.took()));
            bytes.put(name, timing.traffic().busier());
        });
        return json;
    }

    private static double millis(Duration time) {
        return Math.round(time.toNanos() / 10_000.0) / 100.0;
    }
}
