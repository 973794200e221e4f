package dev.ft900.board.gnusim;

import dev.ft900.board.bus.AccessWidth;
import dev.ft900.board.bus.IoDevice;
import dev.ft900.board.memory.ProgramMemory;
import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import dev.ft900.board.state.Stateful;

/** The port through which a program writes program memory (hardware sheet 2.3): unlock, address, data. Loads give 0. */
final class ProgramPort implements IoDevice, Stateful {
    private static final int UNLOCK = 0x0;
    private static final int ADDRESS = 0x4;
    private static final int DATA = 0x8;
    private static final int KEY = 0x1337F7D1;

    private final ProgramMemory program;
    private boolean unlocked;
    private int address;

    ProgramPort(ProgramMemory program) {
        this.program = program;
    }

    @Override
    public int load(int offset, AccessWidth width) {
        return 0;
    }

    @Override
    public void store(int offset, AccessWidth width, int value) {
        switch (offset) {
            case UNLOCK -> unlocked = value == KEY;
            case ADDRESS -> address = value;
            case DATA -> {
                if (unlocked) {
                    program.store(address, value);
                    address += 4;
                }
            }
            default -> {}
        }
    }

    void lock() {
        unlocked = false;
        address = 0;
    }

    @Override
    public void save(StateWriter out) {
        out.putBoolean(unlocked);
        out.putInt(address);
    }

    @Override
    public void restore(StateReader in) {
        unlocked = in.getBoolean();
        address = in.getInt();
    }
}
