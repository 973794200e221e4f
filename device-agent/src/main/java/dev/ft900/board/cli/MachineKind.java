package dev.ft900.board.cli;

import dev.ft900.agent.flash.Flash;
import dev.ft900.board.gnusim.GnuSim;
import dev.ft900.board.machine.Machine;
import dev.ft900.board.machine.MachineSettings;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/** The machines that {@code --machine} names. A name on the command line is in lower case with hyphens. */
enum MachineKind implements Rig.Kind {
    GNU_SIM("gnu-sim") {
        @Override
        public Rig build(Flash flash, MachineSettings settings, IntConsumer printed, IntSupplier typed) {
            return new Rig(new Machine<>(new GnuSim(printed, typed), flash, settings), Optional.empty());
        }
    };

    private final String label;

    MachineKind(String label) {
        this.label = label;
    }

    @Override
    public String toString() {
        return label;
    }
}
