package dev.ft900.board.cpu;

/** What bits 31:27 of a word say it is (hardware sheet 1.4, 1.10), one line per class. */
public enum InstructionClass {
    JUMP(0x00, "jmp", Operands.TARGET),
    JUMP_INDIRECT(0x01, "jmpi", Operands.TARGET),
    EXA(0x07, "exa", Operands.D_ADDRESS),
    ALU(0x08, "", Operands.D_1_RIMM),
    CMP(0x0B, "", Operands.R1_RIMM),
    LDK(0x0C, "ldk", Operands.D_K20),
    LPM(0x0D, "lpm", Operands.D_PA),
    HALT(0x0F, "halt", Operands.NONE),
    PUSH(0x10, "push", Operands.R1),
    POP(0x11, "pop", Operands.D),
    LINK(0x12, "link", Operands.D_K16),
    UNLINK(0x13, "unlink", Operands.D),
    RETURN(0x14, "return", Operands.NONE),
    LDI(0x15, "ldi", Operands.D_1_K15),
    STI(0x16, "sti", Operands.D_K15_1),
    STA(0x17, "sta", Operands.ADDRESS_D),
    LDA(0x18, "lda", Operands.D_ADDRESS),
    LPMI(0x19, "lpmi", Operands.D_1_K15),
    EXI(0x1D, "exi", Operands.D_1_K15),
    FFU(0x1E, "", Operands.D_1_RIMM),
    /** A pair of 15-bit codes, which the FT93x has and the FT900 has not. */
    COMPRESSED(-1, "", Operands.NONE),
    /** Nothing at all. */
    ILLEGAL(-1, "", Operands.NONE);

    /** Which fields the operands are in, in the order of the assembler's text. */
    enum Operands {
        NONE,
        TARGET,
        D,
        R1,
        D_K16,
        D_K20,
        D_PA,
        D_ADDRESS,
        ADDRESS_D,
        D_1_K15,
        D_K15_1,
        D_1_RIMM,
        R1_RIMM
    }

    private static final int COMPRESSED_PATTERNS =
            1 << 2 | 1 << 3 | 1 << 4 | 1 << 5 | 1 << 6 | 1 << 9 | 1 << 10 | 1 << 14;
    private static final InstructionClass[] BY_PATTERN = byPattern();

    private final int pattern;
    private final String mnemonic;
    private final Operands operands;

    InstructionClass(int pattern, String mnemonic, Operands operands) {
        this.pattern = pattern;
        this.mnemonic = mnemonic;
        this.operands = operands;
    }

    /** The class of a pattern, 0 to 31; {@link #COMPRESSED} or {@link #ILLEGAL} for those that FT32A lacks. */
    static InstructionClass ofPattern(int pattern) {
        return BY_PATTERN[pattern];
    }

    /** Without suffix; empty where the AL field decides. */
    String mnemonic() {
        return mnemonic;
    }

    Operands operands() {
        return operands;
    }

    private static InstructionClass[] byPattern() {
        var table = new InstructionClass[32];
        for (int pattern = 0; pattern < table.length; pattern++) {
            table[pattern] = (COMPRESSED_PATTERNS >> pattern & 1) != 0 ? COMPRESSED : ILLEGAL;
        }
        for (var one : values()) {
            if (one.pattern >= 0) {
                table[one.pattern] = one;
            }
        }
        return table;
    }
}
