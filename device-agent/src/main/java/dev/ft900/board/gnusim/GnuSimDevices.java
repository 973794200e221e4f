package dev.ft900.board.gnusim;

import dev.ft900.board.control.ResetCause;
import dev.ft900.board.irq.Interrupts;
import dev.ft900.board.machine.Devices;
import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;

/** The devices of {@link GnuSim}; only the port to program memory keeps anything. */
public final class GnuSimDevices implements Devices {
    private final ProgramPort port;

    GnuSimDevices(ProgramPort port) {
        this.port = port;
    }

    @Override
    public Interrupts interrupts() {
        return Interrupts.NONE;
    }

    @Override
    public void reset(ResetCause cause) {
        port.lock();
    }

    @Override
    public void save(StateWriter out) {
        port.save(out);
    }

    @Override
    public void restore(StateReader in) {
        port.restore(in);
    }
}
