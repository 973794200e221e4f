package dev.ft900.board.cli;

import dev.ft900.agent.flash.Flash;
import dev.ft900.board.machine.Machine;
import dev.ft900.board.machine.MachineSettings;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/**
 * A machine with its first serial line led out.
 *
 * @param type gives bytes to the line, on the machine's thread; empty if the machine asks for them one by one
 */
record Rig(Machine<?> machine, Optional<Consumer<byte[]>> type) {
    /** A kind of machine that the command line knows. */
    interface Kind {
        /**
         * @param printed takes each character that the line sends
         * @param typed gives characters to a machine that asks for them one by one, or −1
         */
        Rig build(Flash flash, MachineSettings settings, IntConsumer printed, IntSupplier typed);
    }
}
