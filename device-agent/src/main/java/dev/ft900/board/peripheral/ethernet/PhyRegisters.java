package dev.ft900.board.peripheral.ethernet;

import static dev.ft900.board.register.Access.READ_ONLY;
import static dev.ft900.board.register.Access.READ_WRITE;
import static dev.ft900.board.register.Access.SET_UNTIL_DONE;
import static dev.ft900.board.register.Access.UNMODELLED;

import dev.ft900.board.bus.Findings;
import dev.ft900.board.peripheral.Revision;
import dev.ft900.board.register.Field;
import dev.ft900.board.register.Reach;
import dev.ft900.board.register.Register;
import dev.ft900.board.register.RegisterBank;

/** The tables of sheet 4.6.3: the glue in SYS, and the registers behind MII (offset: twice the register's number). */
final class PhyRegisters {
    final RegisterBank glue;
    final Register misc;
    final Field address;
    final Field powerDown;

    final RegisterBank mii;
    final Register control;
    final Field reset;
    final Field restart;
    final Register status;

    PhyRegisters(int base, Revision revision, Findings findings) {
        boolean isC = revision == Revision.C;
        glue = new RegisterBank("PHY", base, 0x08, Reach.ANY, findings);
        misc = glue.register(0x0, "PHY_MISC", 32, isC ? 0x3F07_0300 : 0x0007_0300);
        address = misc.field(4, 0, "address", READ_WRITE);
        powerDown = misc.bit(8, "power_down", READ_WRITE);
        misc.bit(9, "power_save", READ_WRITE);
        misc.bit(10, "loopback", UNMODELLED);
        misc.field(18, 16, "led1", READ_WRITE);
        misc.field(22, 20, "led0", READ_WRITE);
        if (isC) {
            misc.bit(24, "speed_10", READ_ONLY);
            misc.bit(25, "half_duplex", READ_ONLY);
            misc.bit(26, "no_collision", READ_ONLY);
            misc.bit(27, "no_rx", READ_ONLY);
            misc.bit(28, "no_tx", READ_ONLY);
            misc.bit(29, "no_link", READ_ONLY);
            misc.bit(31, "link", READ_ONLY);
        }
        glue.register(0x4, "PHY_ID", 32, 0, READ_WRITE);

        mii = new RegisterBank("PHY MII", base, 0x0C, Reach.HALVES, findings);
        control = mii.register(0x0, "BMCR", 16, 0x3100);
        control.bit(7, "collision_test", UNMODELLED);
        control.bit(8, "full_duplex", READ_WRITE);
        restart = control.bit(9, "restart", SET_UNTIL_DONE);
        control.bit(10, "isolate", UNMODELLED);
        control.bit(11, "power_down", UNMODELLED);
        control.bit(12, "autonegotiation", READ_WRITE);
        control.bit(13, "speed_100", READ_WRITE);
        control.bit(14, "loopback", UNMODELLED);
        reset = control.bit(15, "reset", SET_UNTIL_DONE);
        status = mii.register(0x2, "BMSR", 16, 0x7809, READ_ONLY);
        mii.register(0x4, "PHYID1", 16, 0, READ_ONLY);
        mii.register(0x6, "PHYID2", 16, 0, READ_ONLY);
        mii.register(0x8, "ADVERTISE", 16, 0x01E1, READ_WRITE);
        mii.register(0xA, "PARTNER", 16, 0, READ_ONLY);
    }
}
