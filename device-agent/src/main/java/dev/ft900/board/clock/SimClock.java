package dev.ft900.board.clock;

/** Virtual time as a device sees it. */
public interface SimClock {
    /** Cycles per second of virtual time: the peripheral clock of an FT900 (hardware sheet 1.11). */
    long HERTZ = 100_000_000;

    /** Cycles since power-on. Exact inside a device access: that of the instruction that makes it. Never goes back. */
    long cycles();

    /**
     * Makes an alarm, not yet set. Made once, when the device is; set again and again.
     *
     * @param name for traces, unique on the machine
     * @param action runs between two instructions, at its cycle exactly; alarms of one cycle run in the order in which they were set
     */
    Alarm alarm(String name, Runnable action);
}
