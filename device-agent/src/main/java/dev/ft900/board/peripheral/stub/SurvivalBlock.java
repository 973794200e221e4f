package dev.ft900.board.peripheral.stub;

import dev.ft900.board.control.ResetCause;
import dev.ft900.board.peripheral.Peripheral;
import dev.ft900.board.register.RegisterBank;
import java.util.List;

/** A table and nothing else. */
record SurvivalBlock(RegisterBank bank) implements Peripheral {
    @Override
    public List<RegisterBank> tables() {
        return List.of(bank);
    }

    @Override
    public void reset(ResetCause cause) {
        bank.reset();
    }
}
