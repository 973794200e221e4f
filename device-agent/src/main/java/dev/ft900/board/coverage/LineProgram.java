package dev.ft900.board.coverage;

import dev.ft900.board.image.ImageException;

/** The state machine of a line program (DWARF 5, 6.2.5). */
final class LineProgram {
    private static final int EXTENDED = 0;
    private static final int COPY = 1;
    private static final int ADVANCE_PC = 2;
    private static final int ADVANCE_LINE = 3;
    private static final int SET_FILE = 4;
    private static final int CONST_ADD_PC = 8;
    private static final int FIXED_ADVANCE_PC = 9;
    private static final int END_SEQUENCE = 1;
    private static final int SET_ADDRESS = 2;
    private static final int LAST_OPCODE = 255;

    private final LineHeader header;
    private int address;
    private int file = 1;
    private int line = 1;

    LineProgram(LineHeader header) {
        this.header = header;
    }

    int address() {
        return address;
    }

    int file() {
        return file;
    }

    int line() {
        return line;
    }

    /** Executes one opcode. @return whether it makes a row */
    boolean step(DwarfReader in) throws ImageException {
        int opcode = in.u8();
        if (opcode >= header.opcodeBase()) {
            int adjusted = opcode - header.opcodeBase();
            advance(adjusted / header.lineRange());
            line += header.lineBase() + adjusted % header.lineRange();
            return true;
        }
        switch (opcode) {
            case EXTENDED -> extended(in.part(in.uleb() & 0xFFFFFFFFL));
            case COPY -> {
                return true;
            }
            case ADVANCE_PC -> advance(in.uleb());
            case ADVANCE_LINE -> line += in.sleb();
            case SET_FILE -> file = in.uleb();
            case CONST_ADD_PC -> advance((LAST_OPCODE - header.opcodeBase()) / header.lineRange());
            case FIXED_ADVANCE_PC -> address += in.u16();
            default -> {
                for (int i = 0; i < header.operandCounts()[opcode]; i++) {
                    in.uleb();
                }
            }
        }
        return false;
    }

    private void advance(int operations) {
        address += operations * header.minimumLength();
    }

    private void extended(DwarfReader in) throws ImageException {
        if (in.atEnd()) {
            return;
        }
        switch (in.u8()) {
            case END_SEQUENCE -> {
                address = 0;
                file = 1;
                line = 1;
            }
            case SET_ADDRESS -> address = in.s32();
            default -> {
                // Discriminators and vendors' own: nothing about lines.
            }
        }
    }
}
