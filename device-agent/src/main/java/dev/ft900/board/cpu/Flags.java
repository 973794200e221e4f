package dev.ft900.board.cpu;

/** What the compare class writes (hardware sheet 1.2, 1.9), as a pure function of the operation and its operands. */
public final class Flags {
    /** Bit numbers in the flag register. */
    public static final int ZERO = 0;

    public static final int CARRY = 1;
    public static final int OVERFLOW = 2;
    public static final int SIGN = 3;
    public static final int GREATER_EQUAL = 4;
    public static final int GREATER = 5;
    public static final int ABOVE = 6;

    private Flags() {}

    /**
     * @param al 0 to 0xE
     * @param dw 0 to 2: 8, 16 or 32 bits
     * @param x value of R_1
     * @param y value of RIMM
     * @return the seven flags; the other bits are 0
     */
    public static int of(int al, int dw, int x, int y) {
        int unused = 32 - (8 << dw);
        // All that counts is in the upper bits then, where Java's own comparisons work.
        int r = Alu.result(al, x, y) << unused;
        int xs = x << unused;
        int ys = y << unused;
        boolean zero = r == 0;
        boolean sign = r < 0;
        boolean overflow = sign != xs < 0 && xs < 0 != ys < 0;
        boolean carry =
                switch (al) {
                    case Alu.ADD -> Integer.compareUnsigned(xs + ys, xs) < 0;
                    case Alu.SUB -> Integer.compareUnsigned(xs, ys) < 0;
                    default -> false;
                };
        boolean greaterEqual = sign == overflow;
        return bit(zero, ZERO)
                | bit(carry, CARRY)
                | bit(overflow, OVERFLOW)
                | bit(sign, SIGN)
                | bit(greaterEqual, GREATER_EQUAL)
                | bit(greaterEqual && !zero, GREATER)
                | bit(!carry && !zero, ABOVE);
    }

    private static int bit(boolean value, int number) {
        return value ? 1 << number : 0;
    }
}
