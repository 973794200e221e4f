package dev.ft900.ca.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ft900.ca.link.PortHolder;
import dev.ft900.ca.link.PortInfo;
import dev.ft900.ca.link.SerialPorts;
import java.nio.file.Path;
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
            var one = list.addObject().put("name", port.name()).put("description", port.description());
            port.usb().ifPresent(usb -> one.put("usb", String.format("%04x:%04x", usb.vendor(), usb.product()))
                    .put("usbSerial", usb.serial()));
            holder.ifPresent(who -> one.put("heldBy", who.toString()));
            common.say(String.format(
                    "%-16s %-20s %s%s",
                    port.name(),
                    port.usb().map(PortInfo.Usb::toString).orElse("no USB"),
                    port.description(),
                    holder.map(who -> ", open in " + who).orElse("")));
        }
        if (ports.isEmpty()) {
            common.say(
                    "This machine has no serial port. Plug the adapter in; on Linux dmesg tells whether it was seen.");
        }
        common.result(json);
        return ExitCode.OK;
    }
}
