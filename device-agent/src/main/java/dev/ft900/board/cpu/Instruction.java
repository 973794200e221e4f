package dev.ft900.board.cpu;

import dev.ft900.board.bus.AccessWidth;

/**
 * A decoded word (hardware sheet 1.3).
 *
 * @param word as fetched
 * @param width of DW; {@link AccessWidth#WORD} where the class has none
 * @param d register of field R_D
 * @param a register of field R_1, or R_2 of an indirect jump
 * @param b register of field RIMM, or −1 if that holds a constant
 * @param k the constant of the class: RIMM, K20, K16, K15 decoded, AA, or PA as a byte address
 * @param al operation within ALU, CMP and FFU
 */
public record Instruction(int word, InstructionClass kind, AccessWidth width, int d, int a, int b, int k, int al) {
    /** Says that RIMM is a constant. */
    public static final int CONSTANT = -1;

    private static final int ALWAYS = 3;
    private static final int FLAG_REGISTERS = 28;
    private static final int AL_UNUSED_ALU = 0xF;
    private static final int AL_UNUSED_FFU = 0xB;

    /** Decodes any word; one that FT32A does not have gets {@link InstructionClass#ILLEGAL}, COMPRESSED or HALT. */
    public static Instruction decode(int word) {
        var kind = InstructionClass.ofPattern(word >>> 27);
        int dw = field(word, 25, 2);
        int al = field(word, 0, 4);
        boolean sized =
                switch (kind) {
                    case EXA, CMP, LPM, LDI, STI, STA, LDA, LPMI, EXI, FFU -> true;
                    default -> false;
                };
        boolean illegal = sized && dw == 3
                || (kind == InstructionClass.ALU || kind == InstructionClass.CMP) && al == AL_UNUSED_ALU
                || kind == InstructionClass.FFU && al == AL_UNUSED_FFU;
        if (illegal) {
            kind = InstructionClass.ILLEGAL;
        }
        int a = field(word, kind == InstructionClass.JUMP_INDIRECT ? 4 : 15, 5);
        int b = field(word, 14, 1) != 0 ? CONSTANT : field(word, 4, 5);
        return new Instruction(
                word,
                kind,
                sized && dw != 3 ? AccessWidth.ofField(dw) : AccessWidth.WORD,
                field(word, 20, 5),
                a,
                b,
                constant(kind, word),
                al);
    }

    private static int constant(InstructionClass kind, int word) {
        return switch (kind) {
            case JUMP, LPM -> field(word, 0, 18) << 2;
            case EXA, STA, LDA -> field(word, 0, 17);
            case ALU, CMP, FFU -> signed(word >> 4, 10);
            case LDK -> signed(word, 20);
            case LINK -> field(word, 0, 16);
            case LDI, STI, LPMI, EXI -> displacement(field(word, 0, 15));
            default -> 0;
        };
    }

    /** K15 with its twist (hardware sheet 1.6): with bit 7 set, bits 14:8 are stored inverted. */
    private static int displacement(int field) {
        return signed((field & 0x80) != 0 ? field ^ 0x7F00 : field, 15);
    }

    private static int field(int word, int position, int length) {
        return word >>> position & (1 << length) - 1;
    }

    private static int signed(int value, int length) {
        return value << 32 - length >> 32 - length;
    }

    /** Of a jump class: whether it depends on a flag. */
    public boolean conditional() {
        return field(word, 20, 2) != ALWAYS;
    }

    /** Of a conditional jump: the register with the flag, 28 to 30. */
    public int flagRegister() {
        return FLAG_REGISTERS + field(word, 20, 2);
    }

    /** Of a conditional jump: the number of the flag's bit. */
    public int flagBit() {
        return field(word, 22, 5);
    }

    /** Of a conditional jump: 0 or 1, at which it is taken. */
    public int flagValue() {
        return field(word, 19, 1);
    }

    /** Of a jump class: whether it pushes the address of the next instruction. */
    public boolean call() {
        return field(word, 18, 1) != 0;
    }

    /** Of the RETURN class: whether it ends an interrupt. */
    public boolean fromInterrupt() {
        return field(word, 26, 1) != 0;
    }

    /** The DW field as it stands. */
    int dw() {
        return field(word, 25, 2);
    }

    /** Whether the next instruction may be elsewhere than behind this one. */
    public boolean transfersControl() {
        return switch (kind) {
            case JUMP, JUMP_INDIRECT, RETURN -> true;
            default -> false;
        };
    }

    /** Whether an FT900 executes it. */
    public boolean legal() {
        return switch (kind) {
            case ILLEGAL, COMPRESSED, HALT -> false;
            default -> true;
        };
    }
}
