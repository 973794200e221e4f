package dev.ft900.board.peripheral.sys;

import static dev.ft900.board.register.Access.READ_WRITE;
import static dev.ft900.board.register.Access.WRITE_ONE_TO_CLEAR;

import dev.ft900.board.bus.Findings;
import dev.ft900.board.control.MachineControl;
import dev.ft900.board.control.ResetCause;
import dev.ft900.board.peripheral.Peripheral;
import dev.ft900.board.register.Field;
import dev.ft900.board.register.Reach;
import dev.ft900.board.register.Register;
import dev.ft900.board.register.RegisterBank;
import java.util.List;

/** SYS_RST of revision C; sheet 3.5 and 4.1.3. It tells the reset pin and its own soft reset from all others. */
public final class ResetRegister implements Peripheral {
    private final RegisterBank bank;
    private final Field external;
    private final Field soft;

    /** Makes the register. */
    public ResetRegister(int base, MachineControl machine, Findings findings) {
        bank = new RegisterBank("SYS_RST", base, 4, Reach.BYTES, findings);
        Register reset = bank.register(0x0, "SYS_RST", 8, 0x00);
        external = reset.bit(0, "external_reset", WRITE_ONE_TO_CLEAR);
        soft = reset.bit(1, "soft_reset", READ_WRITE);
        // The vendor's SDK writes 0xFD to clear bit 1.
        reset.field(7, 2, "unnamed", WRITE_ONE_TO_CLEAR);
        int softBit = soft.mask();
        reset.onWrite(before -> {
            if ((reset.value() & ~before & softBit) != 0) {
                machine.reset(ResetCause.SOFT);
            }
        });
    }

    @Override
    public List<RegisterBank> tables() {
        return List.of(bank);
    }

    @Override
    public void reset(ResetCause cause) {
        bank.reset();
        external.set(cause == ResetCause.PIN);
        soft.set(cause == ResetCause.SOFT);
    }
}
