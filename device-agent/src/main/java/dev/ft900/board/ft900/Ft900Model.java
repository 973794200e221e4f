package dev.ft900.board.ft900;

import dev.ft900.board.machine.MachineModel;
import dev.ft900.board.machine.Parts;
import dev.ft900.board.peripheral.Revision;

/**
 * The FT900 with its two revisions.
 *
 * @param mac the address in the board's EEPROM, 6 bytes
 */
public record Ft900Model(Revision revision, MacAddress mac) implements MachineModel<Ft900Devices> {
    /** A chip of that revision on a board with the default address. */
    public Ft900Model(Revision revision) {
        this(revision, MacAddress.DEFAULT);
    }

    @Override
    public String name() {
        return "ft900";
    }

    @Override
    public Ft900Devices build(Parts parts) {
        return new Ft900Devices(revision, mac, parts);
    }

    @Override
    public Boot boot() {
        return Boot.FROM_FLASH;
    }
}
