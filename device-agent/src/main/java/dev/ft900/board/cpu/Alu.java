package dev.ft900.board.cpu;

/** The ALU's operations (hardware sheet 1.5) as pure functions, numbered by the AL field. Results are 32 bits whatever DW says. */
public final class Alu {
    public static final int ADD = 0x0;
    public static final int ROR = 0x1;
    public static final int SUB = 0x2;
    public static final int LDL = 0x3;
    public static final int AND = 0x4;
    public static final int OR = 0x5;
    public static final int XOR = 0x6;
    public static final int XNOR = 0x7;
    public static final int ASHL = 0x8;
    public static final int LSHR = 0x9;
    public static final int ASHR = 0xA;
    public static final int BINS = 0xB;
    public static final int BEXTS = 0xC;
    public static final int BEXTU = 0xD;
    public static final int FLIP = 0xE;

    private Alu() {}

    /**
     * @param al 0 to 0xE
     * @param x value of R_1
     * @param y value of RIMM
     */
    public static int result(int al, int x, int y) {
        return switch (al) {
            case ADD -> x + y;
            case ROR -> Integer.rotateRight(x, y);
            case SUB -> x - y;
            case LDL -> x << 10 | y & 0x3FF;
            case AND -> x & y;
            case OR -> x | y;
            case XOR -> x ^ y;
            case XNOR -> ~(x ^ y);
            case ASHL -> x << y;
            case LSHR -> x >>> y;
            case ASHR -> x >> y;
            case BINS -> bins(x, y);
            case BEXTS -> bexts(x, y);
            case BEXTU -> bextu(x, y);
            case FLIP -> flip(x, y);
            default -> throw new IllegalArgumentException("expected an operation from 0 to 14; got " + al);
        };
    }

    /** Where a field description of bins, bexts and bextu points to, 0 to 31. */
    public static int position(int y) {
        return y & 31;
    }

    /** How long the field of a description is, 1 to 16. */
    public static int length(int y) {
        int length = y >> 5 & 15;
        return length == 0 ? 16 : length;
    }

    public static int bins(int x, int y) {
        int mask = (1 << length(y)) - 1 << position(y);
        return x & ~mask | (y >>> 10) << position(y) & mask;
    }

    public static int bexts(int x, int y) {
        int unused = 32 - length(y);
        return x >>> position(y) << unused >> unused;
    }

    public static int bextu(int x, int y) {
        return x >>> position(y) & (1 << length(y)) - 1;
    }

    public static int flip(int x, int y) {
        int v = x;
        v = (y & 1) != 0 ? (v & 0x55555555) << 1 | v >>> 1 & 0x55555555 : v;
        v = (y & 2) != 0 ? (v & 0x33333333) << 2 | v >>> 2 & 0x33333333 : v;
        v = (y & 4) != 0 ? (v & 0x0F0F0F0F) << 4 | v >>> 4 & 0x0F0F0F0F : v;
        v = (y & 8) != 0 ? (v & 0x00FF00FF) << 8 | v >>> 8 & 0x00FF00FF : v;
        return (y & 16) != 0 ? v << 16 | v >>> 16 : v;
    }
}
