package dev.ft900.ca.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ft900.ca.link.PortHolder;
import dev.ft900.ca.link.PortInfo;
import dev.ft900.ca.link.SerialPorts;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./ft900 flash ports}. */
@Command(name = "ports", description = "List this machine's serial ports: name, USB id, description, who has it open.")
final class FlashPortsCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        var ports = SerialPorts.list();
        var json = JsonNodeFactory.instance.objectNode();
        var list = json.putArray("ports");
        for (var port : ports) {
            var holder = PortHolder.of(Path.of(port.name()));
            list.add(json(port, holder));
            common.print(words(port, holder));
        }
        if (ports.isEmpty()) {
            common.say(
                    "This machine has no serial port. Plug the adapter in; on Linux dmesg tells whether it was seen.");
        }
        common.result(json);
        return ExitCode.OK;
    }

    static ObjectNode json(PortInfo port, Optional<PortHolder> holder) {
        var json =
                JsonNodeFactory.instance.objectNode().put("name", port.name()).put("description", port.description());
        port.usb().ifPresent(usb -> json.put("usb", String.format("%04x:%04x", usb.vendor(), usb.product()))
                .put("usbSerial", usb.serial()));
        holder.ifPresent(who -> json.put("heldBy", who.toString()));
        return json;
    }

    static String words(PortInfo port, Optional<PortHolder> holder) {
        return String.format(
                "%-16s %-20s %s%s",
                port.name(),
                port.usb().map(PortInfo.Usb::toString).orElse("no USB"),
                port.description(),
                holder.map(who -> ", open in " + who).orElse(""));
    }
}
