package dev.ft900.board.register;

import dev.ft900.board.bus.AccessWidth;

/** Which accesses a block of registers takes (sheet 2.2, column "width"). */
public enum Reach {
    /** 8, 16 and 32 bits, each byte lane reaching its own register. */
    ANY("8/16/32"),
    /** Bytes. A wider access reaches the register at its address and no other, and is the program's mistake (sheet 6, question 10). */
    BYTES("8"),
    /** 16 bits. Others work lane by lane, and are the program's mistake. */
    HALVES("16"),
    /** 32 bits. Others work lane by lane, and are the program's mistake. */
    WORDS("32");

    private final String bits;

    Reach(String bits) {
        this.bits = bits;
    }

    /** The accepted widths in bits, for documents. */
    public String bits() {
        return bits;
    }

    boolean accepts(AccessWidth width) {
        return switch (this) {
            case ANY -> true;
            case BYTES -> width == AccessWidth.BYTE;
            case HALVES -> width == AccessWidth.HALF;
            case WORDS -> width == AccessWidth.WORD;
        };
    }

    /** How many bytes an access of this width touches. */
    int bytes(AccessWidth width) {
        return this == BYTES ? 1 : width.bytes();
    }
}
