package dev.ft900.board.bus;

/** How much one load or store moves. Addresses are aligned by ignoring low bits, never by a trap (hardware sheet 1.7). */
public enum AccessWidth {
    /** 8 bits, suffix .b. */
    BYTE(1),
    /** 16 bits, suffix .s. */
    HALF(2),
    /** 32 bits, suffix .l. */
    WORD(4);

    private static final AccessWidth[] BY_FIELD = {BYTE, HALF, WORD};

    private final int bytes;

    AccessWidth(int bytes) {
        this.bytes = bytes;
    }

    /** The width of an instruction's DW field, 0 to 2. */
    public static AccessWidth ofField(int field) {
        return BY_FIELD[field];
    }

    /** 1, 2 or 4. */
    public int bytes() {
        return bytes;
    }

    /** The low 8, 16 or 32 bits set. */
    public int mask() {
        return bytes == 4 ? -1 : (1 << 8 * bytes) - 1;
    }

    /** The address with the bits cleared that this width ignores. */
    public int align(int address) {
        return address & -bytes;
    }
}
