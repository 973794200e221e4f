package dev.ft900.board.bench;

import dev.ft900.agent.flash.Flash;
import dev.ft900.board.ft900.Ft900Devices;
import dev.ft900.board.machine.Machine;
import dev.ft900.board.memory.Ram;
import dev.ft900.board.peripheral.gpio.Gpio;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Faults for a board, each told of when it has had its effect: a pad that is stuck, when it first has another level than it would have; a
 * bit, at once; a byte on a serial line, when that byte would have arrived.
 */
public final class Faults {
    private final Machine<Ft900Devices> machine;
    private final List<FiredFault> fired = new ArrayList<>();

    Faults(Machine<Ft900Devices> machine) {
        this.machine = machine;
    }

    /** What has fired so far, in order. */
    public List<FiredFault> fired() {
        return List.copyOf(fired);
    }

    private void fire(String what) {
        fired.add(new FiredFault(machine.cycles(), what));
    }

    /** Holds a pad at a level, until {@link #heal}. */
    public void stickPad(int pad, boolean high) {
        machine.devices()
                .gpio()
                .stick(requirePad(pad), high, () -> fire("pad " + pad + " stuck " + (high ? "high" : "low")));
    }

    /** Ends the fault of a pad. */
    public void heal(int pad) {
        machine.devices().gpio().unstick(requirePad(pad));
    }

    private static int requirePad(int pad) {
        return require(pad, Gpio.PADS, "a pad");
    }

    /** Inverts a bit in RAM. @param address 0 … 0xFFFF */
    public void flipRamBit(int address, int bit) {
        machine.ram().bytes()[require(address, Ram.SIZE, "an address in RAM")] ^= (byte) mask(bit);
        fire(where("RAM", address, bit));
    }

    /** Inverts a bit in flash. @param address 0 … 0x3FFFF */
    public void flipFlashBit(int address, int bit) {
        int sector = require(address, Flash.SIZE, "an address in flash") & -Flash.SECTOR;
        var content = machine.flash().read(sector, Flash.SECTOR);
        content[address - sector] ^= (byte) mask(bit);
        machine.flash().eraseSector(sector);
        machine.flash().program(sector, content);
        fire(where("flash", address, bit));
    }

    /** Inverts a bit in program memory. @param address 0 … 0x3FFFF */
    public void flipProgramBit(int address, int bit) {
        int at = require(address, Flash.SIZE, "an address in program memory");
        machine.program().store(at, machine.program().word(at) ^ mask(bit) << (at & 3) * 8);
        fire(where("program memory", address, bit));
    }

    private static int mask(int bit) {
        return 1 << require(bit, 8, "a bit");
    }

    private static String where(String memory, int address, int bit) {
        return String.format(Locale.ROOT, "bit %d of 0x%05X in %s flipped", bit, address, memory);
    }

    /** Loses the next byte on its way to a UART. */
    public void loseSerialByte(int uart) {
        machine.devices().feed(uart).loseNext(() -> fire("a byte to UART" + uart + " lost"));
    }

    /** Inverts bits of the next byte on its way to a UART. */
    public void flipSerialBits(int uart, int bits) {
        machine.devices().feed(uart).flipNext(bits, () -> fire("bits of a byte to UART" + uart + " flipped"));
    }

    private static int require(int value, int end, String what) {
        if (value < 0 || value >= end) {
            throw new IllegalArgumentException("expected " + what + " from 0 to " + (end - 1) + "; got " + value);
        }
        return value;
    }
}
