package dev.ft900.board.ft900;

import dev.ft900.board.bus.AccessWidth;
import dev.ft900.board.bus.Finding;
import dev.ft900.board.bus.Findings;
import dev.ft900.board.bus.IoDevice;
import dev.ft900.board.peripheral.Peripheral;
import dev.ft900.board.peripheral.sys.SystemControl;

/** A block whose clock can be switched off. It works all the same (sheet 6, question 20), but using it then is a finding. */
final class Clocked implements IoDevice {
    private final Slot slot;
    private final IoDevice device;
    private final SystemControl system;
    private final Findings findings;

    private Clocked(Slot slot, IoDevice device, SystemControl system, Findings findings) {
        this.slot = slot;
        this.device = device;
        this.system = system;
        this.findings = findings;
    }

    static IoDevice device(Slot slot, Peripheral peripheral, SystemControl system, Findings findings) {
        var device = peripheral.device();
        return slot.clock().isPresent() ? new Clocked(slot, device, system, findings) : device;
    }

    private void look() {
        if (!system.isClocked(slot.clock().getAsInt())) {
            findings.report(new Finding(
                    Finding.Kind.GUEST_ERROR, slot.name(), slot.base(), "is used while its clock is off in CLKCFG"));
        }
    }

    @Override
    public int load(int offset, AccessWidth width) {
        look();
        return device.load(offset, width);
    }

    @Override
    public boolean isSteady(int offset, AccessWidth width) {
        return system.isClocked(slot.clock().getAsInt()) && device.isSteady(offset, width);
    }

    @Override
    public void store(int offset, AccessWidth width, int value) {
        look();
        device.store(offset, width, value);
    }
}
