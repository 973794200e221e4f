package dev.ft900.gateway.device;

import dev.ft900.protocol.message.Command;

/** The word by which the protocol calls a command ({@code docs/protocol.md}, section 3). */
public final class Operation implements Command.Visitor<String> {
    private static final Operation NAMES = new Operation();

    private Operation() {}

    public static String of(Command command) {
        return command.accept(NAMES);
    }

    @Override
    public String readPad(Command.ReadPad command) {
        return "gpio.get";
    }

    @Override
    public String writePad(Command.WritePad command) {
        return "gpio.set";
    }

    @Override
    public String readPads(Command.ReadPads command) {
        return "pads.get";
    }

    @Override
    public String writePads(Command.WritePads command) {
        return "pads.set";
    }

    @Override
    public String readClock(Command.ReadClock command) {
        return "rtc.get";
    }

    @Override
    public String setClock(Command.SetClock command) {
        return "rtc.set";
    }

    @Override
    public String reset(Command.Reset command) {
        return "reset";
    }

    @Override
    public String readStatus(Command.ReadStatus command) {
        return "status";
    }

    @Override
    public String readNetwork(Command.ReadNetwork command) {
        return "net.get";
    }

    @Override
    public String writeUart(Command.WriteUart command) {
        return "uart.write";
    }
}
