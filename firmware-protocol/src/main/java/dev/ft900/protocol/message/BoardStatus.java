package dev.ft900.protocol.message;

/**
 * How a board is doing.
 *
 * @param chipId the CHIPID register (hardware sheet 4.1.1), for example 0x09000002
 * @param uptimeSeconds since this boot, 0 to 4294967295
 * @param clockSet whether the real-time clock has been set
 * @param slotGeneration generation of the slot in use, 0 to 4294967295
 * @param onTrial whether that slot still has to prove itself
 */
public record BoardStatus(
        FirmwareVersion firmware,
        int chipId,
        ResetCause cause,
        long uptimeSeconds,
        boolean clockSet,
        long slotGeneration,
        boolean onTrial) {}
