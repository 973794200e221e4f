package dev.ft900.board.machine;

import dev.ft900.board.cpu.Core;
import dev.ft900.board.cpu.Engine;
import java.util.function.Function;

/**
 * How a machine behaves beside its model.
 *
 * @param strict whether a finding is a fault
 * @param onFault what a fault of the firmware leads to
 * @param engine how instructions are executed
 */
public record MachineSettings(boolean strict, FaultPolicy onFault, Function<Core, Engine> engine) {
    /** What a fault of the firmware leads to. */
    public enum FaultPolicy {
        /** The machine stops. */
        STOP,
        /** The machine resets and goes on, as a board does that a watchdog looks after. */
        RESET
    }

    /** Lenient, stops at a fault, interprets. */
    public static final MachineSettings DEFAULT = new MachineSettings(false, FaultPolicy.STOP, Core::interpreter);

    public MachineSettings withStrict(boolean value) {
        return new MachineSettings(value, onFault, engine);
    }

    public MachineSettings withOnFault(FaultPolicy value) {
        return new MachineSettings(strict, value, engine);
    }

    public MachineSettings withEngine(Function<Core, Engine> value) {
        return new MachineSettings(strict, onFault, value);
    }
}
