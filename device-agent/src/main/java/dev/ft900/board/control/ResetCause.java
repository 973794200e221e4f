package dev.ft900.board.control;

/** Why a machine starts again, and how much of it (hardware sheet 3.5). */
public enum ResetCause {
    /** Power came on: everything at its reset value, program memory loaded from flash. */
    POWER_ON,
    /** The RESETN pin. */
    PIN,
    /** Second expiry of the watchdog, revision C. */
    WATCHDOG,
    /** SYS_RST bit 1, revision C. */
    SOFT,
    /** A flash controller command that ends in a system reboot. */
    REBOOT_COMMAND,
    /** A flash controller command that resets the CPU only: program memory and devices stay as they are. */
    CPU_ONLY,
    /** The machine's own policy after a fault of the firmware. */
    FAULT_POLICY;

    /** Whether program memory is loaded from flash and devices return to their reset values. */
    public boolean isSystemReset() {
        return this != CPU_ONLY;
    }
}
