package dev.ft900.board.cli;

import dev.ft900.board.bench.PadVcd;
import dev.ft900.board.ft900.Ft900Model;
import dev.ft900.board.gnusim.GnuSim;
import dev.ft900.board.machine.Machine;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.TypeConversionException;

/** The machines that {@code --machine} names. */
enum MachineKind {
    FT900("ft900") {
        @Override
        Rig build(Rig.Supplies supplies) {
            var machine = new Machine<>(new Ft900Model(supplies.revision()), supplies.flash(), supplies.settings());
            var devices = machine.devices();
            devices.uart(0).connect(supplies.printed()::accept);
            Consumer<byte[]> type = bytes -> devices.feed(0).offer(bytes);
            Rig.PadRecorder vcd = out -> new PadVcd(devices.gpio(), machine.clock(), out)::close;
            return new Rig(machine, Optional.of(type), Optional.of(vcd));
        }
    },
    GNU_SIM("gnu-sim") {
        @Override
        Rig build(Rig.Supplies supplies) {
            var model = new GnuSim(supplies.printed(), supplies.typed());
            return new Rig(
                    new Machine<>(model, supplies.flash(), supplies.settings()), Optional.empty(), Optional.empty());
        }
    };

    private final String label;

    MachineKind(String label) {
        this.label = label;
    }

    abstract Rig build(Rig.Supplies supplies);

    /** The kind of a name. */
    static MachineKind of(String label) {
        for (var kind : values()) {
            if (kind.label.equals(label)) {
                return kind;
            }
        }
        throw new TypeConversionException("expected ft900 or gnu-sim; got '" + label + "'");
    }

    @Override
    public String toString() {
        return label;
    }
}
