package dev.ft900.board.gdb;

import dev.ft900.board.cpu.Fault;
import dev.ft900.board.image.Image;
import dev.ft900.board.machine.Machine;
import dev.ft900.board.machine.Outcome;
import dev.ft900.board.machine.Pace;
import java.io.IOException;

/** One debugger's packets. */
final class Session {
    private static final String OK = "OK";
    private static final String UNKNOWN = "";
    private static final String BAD = "E01";
    private static final String TRAPPED = "S05";

    /** How often a running machine looks for Ctrl-C, in cycles: each millisecond. */
    private static final long LOOK = 100_000;

    private final PacketChannel channel;
    private final Machine<?> machine;
    private final Target target;
    private final long untilCycle;
    private final Pace pace;
    private final Stops stops;
    private Outcome over;
    private boolean detached;

    Session(PacketChannel channel, Machine<?> machine, long untilCycle, Pace pace) {
        this.channel = channel;
        this.machine = machine;
        this.untilCycle = untilCycle;
        this.pace = pace;
        target = new Target(machine);
        stops = new Stops(machine.core().interpreter().observer(), this::stopAfterInstruction);
    }

    /** @return how the run ended, or null if the program is to go on alone */
    Outcome serve() throws IOException {
        var traced = machine.core().interpreter().observer();
        machine.core().interpreter().observe(stops);
        try {
            for (var packet = channel.receive(); packet != null && !detached; packet = channel.receive()) {
                answer(packet);
                if (over != null || detached) {
                    break;
                }
            }
        } finally {
            machine.core().interpreter().observe(traced);
            machine.core().bus().watch(null);
        }
        return detached ? null : over != null ? over : new Outcome.Stopped();
    }

    private void answer(String packet) throws IOException {
        if (packet.equals(PacketChannel.INTERRUPT)) {
            channel.send("S02");
            return;
        }
        if (packet.equals("k")) {
            over = new Outcome.Stopped();
            return;
        }
        String reply;
        try {
            reply = reply(packet);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            reply = BAD;
        }
        channel.send(reply);
        if (packet.equals("QStartNoAckMode")) {
            channel.stopAcknowledging();
        }
    }

    private String reply(String packet) throws IOException {
        switch (packet.charAt(0)) {
            case '?':
                return TRAPPED;
            case 'g':
                return registers();
            case 'G':
                setRegisters(packet.substring(1));
                return OK;
            case 'p':
                return register(Integer.parseInt(packet.substring(1), 16));
            case 'P':
                return setRegister(packet.substring(1));
            case 'm':
                return memory(packet.substring(1));
            case 'M':
                return setMemory(packet.substring(1));
            case 'c', 's':
                return resume(packet);
            case 'Z', 'z':
                return stopAt(packet);
            case 'D':
                detached = true;
                return OK;
            case 'H':
                return OK;
            default:
                return query(packet);
        }
    }

    private static String query(String packet) {
        if (packet.startsWith("qSupported")) {
            return "PacketSize=" + Integer.toHexString(PacketChannel.LARGEST_PACKET) + ";QStartNoAckMode+;swbreak+";
        }
        return switch (packet) {
            case "QStartNoAckMode" -> OK;
            case "qAttached" -> "1";
            case "vCont?" -> "vCont;c;s";
            case "qC" -> "QC1";
            case "qfThreadInfo" -> "m1";
            case "qsThreadInfo" -> "l";
            default -> UNKNOWN;
        };
    }

    private String registers() {
        var text = new StringBuilder();
        for (int i = 0; i < Target.REGISTERS; i++) {
            text.append(Bytes.littleEndian(target.register(i)));
        }
        return text.toString();
    }

    private void setRegisters(String text) {
        for (int i = 0; i < Target.REGISTERS && text.length() >= 8 * (i + 1); i++) {
            target.register(i, Bytes.littleEndian(text.substring(8 * i, 8 * i + 8)));
        }
    }

    private String register(int number) {
        return number < Target.REGISTERS ? Bytes.littleEndian(target.register(number)) : BAD;
    }

    private String setRegister(String text) {
        int equals = text.indexOf('=');
        int number = Integer.parseInt(text.substring(0, equals), 16);
        if (number >= Target.REGISTERS) {
            return BAD;
        }
        target.register(number, Bytes.littleEndian(text.substring(equals + 1)));
        return OK;
    }

    private String memory(String text) {
        var range = Bytes.range(text);
        var bytes = new StringBuilder();
        for (int i = 0; i < range.length() && bytes.length() < PacketChannel.LARGEST_PACKET - 4; i++) {
            int value = target.read(range.address() + i);
            if (value < 0) {
                break;
            }
            bytes.append(Bytes.hex(value));
        }
        return bytes.isEmpty() ? BAD : bytes.toString();
    }

    private String setMemory(String text) {
        int colon = text.indexOf(':');
        var range = Bytes.range(text.substring(0, colon));
        for (int i = 0; i < range.length(); i++) {
            int value = Integer.parseInt(text.substring(colon + 1 + 2 * i, colon + 3 + 2 * i), 16);
            if (!target.write(range.address() + i, value)) {
                return BAD;
            }
        }
        return OK;
    }

    private String stopAt(String packet) {
        boolean set = packet.charAt(0) == 'Z';
        var range = Bytes.range(packet.substring(3));
        int kind = packet.charAt(1) - '0';
        if (kind <= 1) {
            stops.breakAt((int) range.address(), set);
            return OK;
        }
        if (kind > 4 || !Target.isData(range.address())) {
            return UNKNOWN;
        }
        var kinds = Stops.Kind.values();
        stops.watch(kinds[kind - 2], (int) range.address() - Image.RAM_BIAS, range.length(), set);
        return OK;
    }

    private void stopAfterInstruction() {
        machine.core().requestStop();
        machine.stop();
    }

    private String resume(String packet) throws IOException {
        if (packet.length() > 1) {
            machine.core().state().pc = Integer.parseInt(packet.substring(1), 16) & 0x3FFFC;
        }
        stops.resume();
        machine.core().bus().watch(stops.watchesAnything() ? stops : null);
        boolean step = packet.charAt(0) == 's';
        var reply = step ? run(machine.cycles() + 1, true) : run(untilCycle, false);
        machine.core().bus().watch(null);
        return reply;
    }

    /** Runs to a cycle, a stop, Ctrl-C or the end. */
    private String run(long until, boolean step) throws IOException {
        while (true) {
            var outcome = machine.run(Math.min(until, machine.cycles() + (step ? 1 : LOOK)), pace);
            if (outcome instanceof Outcome.Exited exited) {
                over = outcome;
                return "W" + Bytes.hex(exited.code());
            } else if (outcome instanceof Outcome.Faulted faulted) {
                return faulted.fault().kind() == Fault.Kind.BREAK ? TRAPPED : "S04";
            } else if (stops.reason() != null) {
                return stops.reason();
            } else if (outcome instanceof Outcome.Stopped) {
                over = outcome;
                return "X0f";
            } else if (machine.cycles() >= until) {
                if (!step) {
                    over = outcome;
                    return "X0f";
                }
                return TRAPPED;
            } else if (channel.ready() && PacketChannel.INTERRUPT.equals(channel.receive())) {
                return "S02";
            }
        }
    }
}
