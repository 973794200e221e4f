package dev.ft900.board.machine;

/**
 * A kind of machine.
 *
 * @param <D> its devices
 */
public interface MachineModel<D extends Devices> {
    /** What the command line calls it: {@code ft900}. */
    String name();

    /** Makes the devices and maps them on {@code parts.io()}. */
    D build(Parts parts);

    /** How it starts and what becomes of its image. */
    Boot boot();

    /** What is in program memory when the CPU starts. */
    enum Boot {
        /** The image is in flash and copied to program memory at each system reset; the boot stub is added (hardware sheet 3.1). */
        FROM_FLASH,
        /** The image goes to program memory and RAM at its virtual addresses, once; no flash, no stub. */
        DIRECT
    }
}
