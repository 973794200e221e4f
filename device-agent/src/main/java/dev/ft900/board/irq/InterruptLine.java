package dev.ft900.board.irq;

/** A level from a device to the interrupt controller (hardware sheet 3.3). */
@FunctionalInterface
public interface InterruptLine {
    /** As long as it is asserted, the interrupt is taken again after each {@code reti}. */
    void set(boolean asserted);
}
