package dev.ft900.board.bus;

/**
 * Something that answers at a range of I/O addresses. Neither method throws for anything that firmware can do, but for
 * {@link BusFault} when a finding is to stop the machine.
 */
public interface IoDevice {
    /**
     * @param offset from the device's base, aligned to {@code width}
     * @return the value, zero-extended to 32 bits
     */
    int load(int offset, AccessWidth width);

    /**
     * @param offset from the device's base, aligned to {@code width}
     * @param value only the low bits of {@code width} count; the others may hold anything
     */
    void store(int offset, AccessWidth width, int value);

    /**
     * Whether loading there has no effect at all, and gives the same value until an alarm fires, somebody stores, or something comes in
     * from outside. Lets a machine skip a program that does nothing but wait for that.
     *
     * @param offset from the device's base, aligned to {@code width}
     */
    default boolean isSteady(int offset, AccessWidth width) {
        return false;
    }
}
