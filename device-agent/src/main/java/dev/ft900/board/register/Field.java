package dev.ft900.board.register;

/** A named range of bits in a {@link Register}, as the peripheral sees it: it may read and change what the CPU cannot. */
public final class Field {
    private final Register register;
    private final String name;
    private final int lowBit;
    private final int width;
    private final Access access;

    Field(Register register, String name, int lowBit, int width, Access access) {
        this.register = register;
        this.name = name;
        this.lowBit = lowBit;
        this.width = width;
        this.access = access;
    }

    /** The manual's name, in its spelling. */
    public String name() {
        return name;
    }

    /** The lowest bit, 0 … 31. */
    public int lowBit() {
        return lowBit;
    }

    /** The number of bits, 1 … 32. */
    public int width() {
        return width;
    }

    /** How it answers the CPU. */
    public Access access() {
        return access;
    }

    /** Its bits within the register. */
    public int mask() {
        return (width == 32 ? -1 : (1 << width) - 1) << lowBit;
    }

    /** Whether any of its bits is 1. */
    public boolean isSet() {
        return (register.value() & mask()) != 0;
    }

    /** What it holds, right-aligned. */
    public int value() {
        return (register.value() & mask()) >>> lowBit;
    }

    /** Makes it hold {@code value}; bits that do not fit are dropped. */
    public void value(int value) {
        register.value((register.value() & ~mask()) | (value << lowBit & mask()));
    }

    /** Makes all its bits 1. */
    public void set() {
        register.value(register.value() | mask());
    }

    /** Makes all its bits 0. */
    public void clear() {
        register.value(register.value() & ~mask());
    }

    /** Makes all its bits 1 or 0. */
    public void set(boolean on) {
        if (on) {
            set();
        } else {
            clear();
        }
    }
}
