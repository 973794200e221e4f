package dev.ft900.board.cpu;

import dev.ft900.board.bus.AccessWidth;

/**
 * The FFU's operations (hardware sheet 1.8): division and multiplication as pure functions, strings and streams on a data bus. A string or
 * stream operation is one instruction that no interrupt breaks.
 */
public final class Ffu {
    public static final int UDIV = 0x0;
    public static final int UMOD = 0x1;
    public static final int DIV = 0x2;
    public static final int MOD = 0x3;
    public static final int STRCMP = 0x4;
    public static final int MEMCPY = 0x5;
    public static final int STRLEN = 0x6;
    public static final int MEMSET = 0x7;
    public static final int MUL = 0x8;
    public static final int MULUH = 0x9;
    public static final int STPCPY = 0xA;
    public static final int STREAMIN = 0xC;
    public static final int STREAMINI = 0xD;
    public static final int STREAMOUT = 0xE;
    public static final int STREAMOUTI = 0xF;

    /** How many bytes memcpy and memset see of their count. */
    private static final int COUNT_MASK = 0x7FFF;

    /** The size of the data space: whatever goes on longer goes on for ever. */
    private static final int ENDLESS = 0x20000;

    private Ffu() {}

    /** Whether the operation works on memory. */
    public static boolean usesMemory(int al) {
        return switch (al) {
            case UDIV, UMOD, DIV, MOD, MUL, MULUH -> false;
            default -> true;
        };
    }

    /** Whether the operation writes its destination register. */
    public static boolean writesRegister(int al) {
        return switch (al) {
            case MEMCPY, MEMSET, STREAMIN, STREAMINI, STREAMOUT, STREAMOUTI -> false;
            default -> true;
        };
    }

    /** The result of an operation that does not use memory. By zero, the quotient is all ones, and the remainder the dividend. */
    public static int result(int al, int a, int n) {
        return switch (al) {
            case UDIV -> n == 0 ? -1 : Integer.divideUnsigned(a, n);
            case UMOD -> n == 0 ? a : Integer.remainderUnsigned(a, n);
            case DIV -> n == 0 ? -1 : a / n;
            case MOD -> n == 0 ? a : a % n;
            case MUL -> a * n;
            case MULUH -> (int) ((a & 0xFFFFFFFFL) * (n & 0xFFFFFFFFL) >>> 32);
            default -> throw new IllegalArgumentException("expected an operation without memory; got " + al);
        };
    }

    /**
     * Runs an operation that uses memory.
     *
     * @param d value of R_D
     * @param a value of R_1
     * @param n value of RIMM
     * @return the new value of R_D
     * @throws EndlessOperation the operation would not end on silicon either
     */
    public static int run(DataBus bus, int al, AccessWidth width, int d, int a, int n) throws EndlessOperation {
        switch (al) {
            case STRCMP:
                return strcmp(bus, a, n);
            case MEMCPY:
                bus.copy(d, a, n & COUNT_MASK);
                return d;
            case STRLEN:
                return strlen(bus, a);
            case MEMSET:
                bus.fill(d, (byte) a, n & COUNT_MASK);
                return d;
            case STPCPY:
                return stpcpy(bus, d, a);
            case STREAMIN, STREAMINI:
                stream(bus, width, n, a, al == STREAMINI ? 1 : 0, d, 1);
                return d;
            case STREAMOUT, STREAMOUTI:
                stream(bus, width, n, a, 1, d, al == STREAMOUTI ? 1 : 0);
                return d;
            default:
                throw new IllegalArgumentException("expected an operation on memory; got " + al);
        }
    }

    private static int strcmp(DataBus bus, int a, int b) throws EndlessOperation {
        for (int i = 0; i < ENDLESS; i++) {
            int x = bus.load(a + i, AccessWidth.BYTE);
            int y = bus.load(b + i, AccessWidth.BYTE);
            if (x == 0 || x != y) {
                return x - y;
            }
        }
        throw new EndlessOperation("strcmp of strings without an end");
    }

    private static int strlen(DataBus bus, int a) throws EndlessOperation {
        for (int i = 0; i < ENDLESS; i++) {
            if (bus.load(a + i, AccessWidth.BYTE) == 0) {
                return i;
            }
        }
        throw new EndlessOperation("strlen of a string without an end");
    }

    private static int stpcpy(DataBus bus, int d, int a) throws EndlessOperation {
        for (int i = 0; i < ENDLESS; i++) {
            int x = bus.load(a + i, AccessWidth.BYTE);
            bus.store(d + i, AccessWidth.BYTE, x);
            if (x == 0) {
                return d + i;
            }
        }
        throw new EndlessOperation("stpcpy of a string without an end");
    }

    /** Moves items until at least {@code n} bytes are moved. */
    private static void stream(DataBus bus, AccessWidth width, int n, int from, int fromSteps, int to, int toSteps)
            throws EndlessOperation {
        if (Integer.compareUnsigned(n, ENDLESS) > 0) {
            throw new EndlessOperation("stream of " + Integer.toUnsignedString(n) + " bytes");
        }
        for (int i = 0; i < n; i += width.bytes()) {
            bus.store(to + i * toSteps, width, bus.load(from + i * fromSteps, width));
        }
    }

    /** An operation that has no end. */
    public static final class EndlessOperation extends Exception {
        private static final long serialVersionUID = 1L;

        EndlessOperation(String what) {
            super(what, null, false, false);
        }
    }
}
