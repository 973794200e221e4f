package dev.ft900.board.control;

/** Something with values at reset. */
@FunctionalInterface
public interface Resettable {
    /** Returns to the reset values; what the sheet says survives {@code cause} stays. Never called for {@link ResetCause#CPU_ONLY}. */
    void reset(ResetCause cause);
}
