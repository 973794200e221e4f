package dev.ft900.board.peripheral.flash;

import static dev.ft900.board.register.Access.READ_WRITE;
import static dev.ft900.board.register.Access.WRITE_ONLY;

import dev.ft900.board.bus.Finding.Kind;
import dev.ft900.board.bus.Findings;
import dev.ft900.board.control.ResetCause;
import dev.ft900.board.memory.ProgramMemory;
import dev.ft900.board.peripheral.Peripheral;
import dev.ft900.board.register.Reach;
import dev.ft900.board.register.Register;
import dev.ft900.board.register.RegisterBank;
import java.util.List;

/** The write port into program memory; sheet 2.3. */
public final class ProgramPort implements Peripheral {
    private static final int KEY = 0x1337_F7D1;

    private final RegisterBank bank;
    private final Register unlock;
    private final Register address;

    /** Makes the port, locked. */
    public ProgramPort(int base, ProgramMemory program, Findings findings) {
        bank = new RegisterBank("PM", base, 0x0C, Reach.WORDS, findings);
        unlock = bank.register(0x0, "PM_UNLOCK", 32, 0, WRITE_ONLY);
        address = bank.register(0x4, "PM_ADDR", 32, 0, READ_WRITE);
        var data = bank.register(0x8, "PM_DATA", 32, 0, WRITE_ONLY);
        data.onWrite(() -> {
            if (unlock.value() == KEY) {
                program.store(address.value(), data.value());
                address.value(address.value() + 4);
            } else {
                bank.report(Kind.GUEST_ERROR, 8, "writes PM_DATA while it is locked");
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
    }
}
