package dev.ft900.board.peripheral.uart;

import dev.ft900.board.bus.AccessWidth;
import dev.ft900.board.bus.IoDevice;
import dev.ft900.board.peripheral.Revision;
import dev.ft900.board.register.RegisterBank;
import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import dev.ft900.board.state.Stateful;

/** Which table answers at an address (sheet 4.3.1), and which characters are special. */
final class UartAddressing implements IoDevice, Stateful {
    private static final int OPEN_ENHANCED = 0xBF;
    private static final int DLAB = 0x80;
    private static final int FCR_NEEDING_DLAB = 0x20;
    private static final int ENHANCED_SPECIALS = 4;

    private final UartRegisters registers;
    private boolean enhancedOpen;

    UartAddressing(UartRegisters registers) {
        this.registers = registers;
    }

    @Override
    public int load(int offset, AccessWidth width) {
        return isIndexedRead(offset) ? loadIndexed(width) : readBank(offset).load(offset, width);
    }

    @Override
    public boolean isSteady(int offset, AccessWidth width) {
        return !isIndexedRead(offset) && readBank(offset).isSteady(offset, width);
    }

    private boolean isIndexedRead(int offset) {
        return offset == 5 && registers.indexedRead.isSet() && !enhancedOpen;
    }

    private RegisterBank readBank(int offset) {
        boolean isThere = offset == 1 && !isDivisor(offset) || offset == 3 || offset == 4;
        return isThere && registers.additionalRead.isSet() ? registers.additional : bank(offset);
    }

    @Override
    public void store(int offset, AccessWidth width, int value) {
        if (offset == 5 && !enhancedOpen) {
            storeIndexed(width, value);
        } else if (offset == 1 && registers.additionalRead.isSet() && !isDivisor(offset)) {
            registers.additional.store(offset, width, value);
        } else {
            bank(offset).store(offset, width, value);
        }
    }

    private int loadIndexed(AccessWidth width) {
        int index = registers.scratch.value();
        return index < registers.indexed.size() ? registers.indexed.load(index, width) : 0;
    }

    private void storeIndexed(AccessWidth width, int value) {
        int index = registers.scratch.value();
        if (index < registers.indexed.size()) {
            registers.indexed.store(index, width, value);
        }
    }

    private RegisterBank bank(int offset) {
        if (isDivisor(offset)) {
            return registers.divisor;
        }
        return enhancedOpen && (offset == 2 || offset >= 4 && offset <= 7) ? registers.enhanced : registers.normal;
    }

    private boolean isDivisor(int offset) {
        return offset <= 1 && registers.divisorAccess.isSet();
    }

    /** 0xBF opens the set of the 650 and touches nothing of the format but DLAB; any other value closes it. */
    void lineControlWritten(int before) {
        enhancedOpen = registers.lineControl.value() == OPEN_ENHANCED;
        if (enhancedOpen) {
            registers.lineControl.value(before | DLAB);
        }
    }

    /** The bit of the 750's deep FIFO can only be changed while DLAB is set, except as part of the 650's trigger. */
    void fifoControlWritten(int before) {
        if (!registers.divisorAccess.isSet() && !registers.enhancedMode.isSet()) {
            int value = registers.fifoControl.value();
            registers.fifoControl.value(value & ~FCR_NEEDING_DLAB | before & FCR_NEEDING_DLAB);
        }
    }

    /** Whether a nine-bit character matches one of the special characters that are on; revision B never looks at the fourth. */
    boolean isSpecial(int character, Revision revision) {
        if (!registers.nineBit.isSet() || !registers.enhancedMode.isSet()) {
            return false;
        }
        int count = revision == Revision.B ? ENHANCED_SPECIALS - 1 : ENHANCED_SPECIALS;
        for (int i = 0; i < count; i++) {
            boolean on = (registers.specialNinth.value() >>> i & 1) != 0;
            if (on && character == (registers.special[i].value() | Receiver.NINTH)) {
                return true;
            }
        }
        return false;
    }

    void reset() {
        enhancedOpen = false;
    }

    @Override
    public void save(StateWriter out) {
        out.putBoolean(enhancedOpen);
    }

    @Override
    public void restore(StateReader in) {
        enhancedOpen = in.getBoolean();
    }
}
