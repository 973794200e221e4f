package dev.ft900.board.cli;

import dev.ft900.agent.flash.Flash;
import dev.ft900.board.machine.Machine;
import dev.ft900.board.machine.MachineSettings;
import dev.ft900.board.peripheral.Revision;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/**
 * A machine with its first serial line led out.
 *
 * @param type gives bytes to the line, on the machine's thread; empty if the machine asks for them one by one
 * @param vcd records the pads; empty if the machine has none
 */
record Rig(Machine<?> machine, Optional<Consumer<byte[]>> type, Optional<PadRecorder> vcd) {
    /** Records pads as a value change dump. */
    interface PadRecorder {
        Closeable record(Writer out) throws IOException;
    }

    /**
     * What any kind of machine is built from.
     *
     * @param printed takes each character that the line sends
     * @param typed gives characters to a machine that asks for them one by one, or −1
     */
    record Supplies(Flash flash, MachineSettings settings, Revision revision, IntConsumer printed, IntSupplier typed) {}
}
