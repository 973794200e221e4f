package dev.ft900.board.ft900;

import dev.ft900.agent.flash.Flash;
import dev.ft900.agent.flash.MemoryFlash;
import dev.ft900.board.bus.AccessWidth;
import dev.ft900.board.bus.Findings;
import dev.ft900.board.bus.IoBus;
import dev.ft900.board.clock.ManualClock;
import dev.ft900.board.control.MachineControl;
import dev.ft900.board.control.ResetCause;
import dev.ft900.board.machine.Parts;
import dev.ft900.board.memory.ProgramMemory;
import dev.ft900.board.memory.Ram;
import dev.ft900.board.peripheral.Revision;
import java.util.ArrayList;
import java.util.List;

/** All peripherals of an FT900 on their bus, without a CPU: tests are the program. Time passes when told. */
public final class Ft900Rig {
    public final ManualClock clock = new ManualClock();
    public final Findings findings = new Findings(false);
    public final Ram ram = new Ram();
    public final ProgramMemory program = new ProgramMemory();
    public final Flash flash = new MemoryFlash();
    public final List<String> asked = new ArrayList<>();
    public final Ft900Devices devices;
    private final IoBus io = new IoBus(findings);

    private Ft900Rig(Revision revision) {
        var parts = new Parts(clock, io, ram, program, flash, findings, new Control(), () -> {});
        devices = new Ft900Model(revision).build(parts);
    }

    /** Peripherals after a power-on reset. */
    public static Ft900Rig powered(Revision revision) {
        var rig = unpowered(revision);
        rig.devices.reset(ResetCause.POWER_ON);
        return rig;
    }

    /** Peripherals as they are made: the same, without what a reset computes from the flash, and much faster. */
    static Ft900Rig unpowered(Revision revision) {
        return new Ft900Rig(revision);
    }

    public int load(int address) {
        return io.load(address, AccessWidth.BYTE);
    }

    public int load32(int address) {
        return io.load(address, AccessWidth.WORD);
    }

    public int load16(int address) {
        return io.load(address, AccessWidth.HALF);
    }

    public void store(int address, int value) {
        io.store(address, AccessWidth.BYTE, value);
    }

    public void store16(int address, int value) {
        io.store(address, AccessWidth.HALF, value);
    }

    public void store32(int address, int value) {
        io.store(address, AccessWidth.WORD, value);
    }

    /** Opens interrupts as firmware does. */
    public void unmask() {
        store(0x100E3, 0);
    }

    /** Whether an interrupt is waiting; takes it and gives its vector's number, or -1. */
    public int take() {
        return devices.interrupts().pending() ? (devices.interrupts().enter() - 8) / 4 : -1;
    }

    private final class Control implements MachineControl {
        @Override
        public void reset(ResetCause cause) {
            asked.add("reset " + cause);
        }

        @Override
        public void exit(int code) {
            asked.add("exit " + code);
        }

        @Override
        public void sleep() {
            asked.add("sleep");
        }

        @Override
        public void wake() {
            asked.add("wake");
        }
    }
}
