package dev.ft900.hil.simulated;

/** The power of a simulated board goes in the middle of what it does: thrown by a flash that a test cuts. */
public final class PowerLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PowerLost() {
        super("power lost", null, false, false);
    }
}
