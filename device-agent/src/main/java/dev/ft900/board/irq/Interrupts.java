package dev.ft900.board.irq;

/**
 * The interrupt controller as a core sees it (hardware sheet 3.3, 3.4). Whenever {@link #pending()} may have become true, the
 * controller calls the listener that the machine gave it, so that the core asks at the next instruction; a core that was not told does not ask.
 */
public interface Interrupts {
    /** A machine without interrupts. */
    Interrupts NONE = new Interrupts() {
        @Override
        public boolean pending() {
            return false;
        }

        @Override
        public int enter() {
            throw new IllegalStateException("no interrupt is pending");
        }

        @Override
        public void leave() {}
    };

    /** Whether an interrupt is to be taken before the next instruction: asserted, not masked, and not blocked by one in service. */
    boolean pending();

    /**
     * Takes the pending interrupt into service.
     *
     * @return the byte address of its vector in program memory
     */
    int enter();

    /** {@code reti}: the last interrupt that was entered is no longer in service. Without one, nothing happens. */
    void leave();
}
