package dev.ft900.protocol.provisioning;

import dev.ft900.protocol.message.ClockState;
import dev.ft900.protocol.message.FirmwareVersion;
import dev.ft900.protocol.message.MacAddress;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import java.util.Optional;

/**
 * What a board says to hello.
 *
 * @param window how many requests it can hold at a time, 1 to 255
 * @param slotCapacity the longest record, in bytes
 * @param chipId the CHIPID register (hardware sheet 4.1.1)
 * @param seeded whether it can make keys
 * @param uid {@link Uid#NONE} until it is seeded for the first time
 * @param id the registered id in the slot in use; empty when the board has no identity
 * @param generation of the slot in use; 0 when there is none
 * @param onTrial whether the slot in use still has to prove itself
 */
public record BoardIdentity(
        int window,
        int slotCapacity,
        int chipId,
        boolean seeded,
        Uid uid,
        MacAddress mac,
        BootId boot,
        ClockState clock,
        FirmwareVersion firmware,
        Optional<BoardId> id,
        long generation,
        boolean onTrial) {}
