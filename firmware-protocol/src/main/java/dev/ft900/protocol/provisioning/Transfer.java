package dev.ft900.protocol.provisioning;

/** Sizes of the pieces in which objects travel. */
public final class Transfer {
    /** Pieces start at multiples of this; the board keeps one bit per unit to know what has arrived. */
    public static final int UNIT = 32;

    /** The longest piece to write, in bytes: the most units that fit a frame beside the offset. */
    public static final int MAX_WRITE = 224;

    /** The longest piece to read, in bytes. */
    public static final int MAX_READ = 224;

    private Transfer() {}
}
