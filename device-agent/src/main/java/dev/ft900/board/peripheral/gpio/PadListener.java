package dev.ft900.board.peripheral.gpio;

/** Hears of every change of a pad's level, in the cycle in which it happens. */
@FunctionalInterface
public interface PadListener {
    /** @param pad 0 … 66 */
    void changed(int pad, boolean high);
}
