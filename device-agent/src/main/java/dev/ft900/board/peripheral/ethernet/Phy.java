package dev.ft900.board.peripheral.ethernet;

import dev.ft900.board.bus.AccessWidth;
import dev.ft900.board.bus.Findings;
import dev.ft900.board.control.ResetCause;
import dev.ft900.board.peripheral.Peripheral;
import dev.ft900.board.peripheral.Revision;
import dev.ft900.board.register.RegisterBank;
import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import java.util.List;

/**
 * The PHY; sheet 4.6.3. The link is up at 100 Mb/s, full duplex, as soon as a cable is plugged in; negotiation takes no time. Activity LEDs and
 * loop-backs are not modelled.
 */
public final class Phy implements Peripheral {
    private static final int MII_REGISTERS = 6;
    private static final int ABSENT = 0xFFFF;
    private static final int LINKED_TOP = 0x9C;
    private static final int UNLINKED_TOP = 0x3F;
    private static final int LINK_AND_NEGOTIATED = 0x24;
    private static final int PARTNER_OFFERS_ALL = 0x45E1;

    private final PhyRegisters registers;
    private boolean plugged;

    /** Makes the PHY, without a cable. */
    public Phy(int base, Revision revision, Findings findings) {
        registers = new PhyRegisters(base, revision, findings);
        if (revision == Revision.C) {
            registers.misc.reads(
                    () -> registers.misc.value() & 0x00FF_FFFF | (isLinkUp() ? LINKED_TOP : UNLINKED_TOP) << 24);
        }
        registers.status.reads(() -> registers.status.value() | (isLinkUp() ? LINK_AND_NEGOTIATED : 0));
        registers.mii.registers().get(5).reads(() -> isLinkUp() ? PARTNER_OFFERS_ALL : 0);
        registers.control.onWrite(() -> {
            if (registers.reset.isSet()) {
                registers.mii.reset();
            }
            registers.reset.clear();
            registers.restart.clear();
        });
    }

    /** Plugs the cable in or pulls it out. */
    public void plug(boolean in) {
        plugged = in;
    }

    /** Whether frames can flow. */
    public boolean isLinkUp() {
        return plugged && !registers.powerDown.isSet();
    }

    /** MAC_RESET_PHY: the registers behind MII return to their reset values. */
    public void resetMii() {
        registers.mii.reset();
    }

    /** Reads over MII. */
    int read(int address, int register) {
        if (address != registers.address.value()) {
            return ABSENT;
        }
        return register < MII_REGISTERS ? registers.mii.load(2 * register, AccessWidth.HALF) : 0;
    }

    /** Writes over MII. */
    void write(int address, int register, int value) {
        if (address == registers.address.value() && register < MII_REGISTERS) {
            registers.mii.store(2 * register, AccessWidth.HALF, value);
        }
    }

    @Override
    public List<RegisterBank> tables() {
        return List.of(registers.glue, registers.mii);
    }

    @Override
    public void reset(ResetCause cause) {
        tables().forEach(RegisterBank::reset);
    }

    @Override
    public void save(StateWriter out) {
        tables().forEach(table -> table.save(out));
        out.putBoolean(plugged);
    }

    @Override
    public void restore(StateReader in) {
        tables().forEach(table -> table.restore(in));
        plugged = in.getBoolean();
    }
}
