package dev.ft900.ca.store;

import dev.ft900.protocol.message.FirmwareVersion;
import dev.ft900.protocol.message.MacAddress;
import dev.ft900.protocol.provisioning.BoardIdentity;
import dev.ft900.protocol.provisioning.Uid;

/**
 * What a board says of itself on the bench.
 *
 * @param chipId the CHIPID register, eight lower-case hex digits
 */
public record BoardFacts(Uid uid, MacAddress mac, String chipId, FirmwareVersion firmware) {
    /** The facts in a board's answer to hello. */
    public static BoardFacts of(BoardIdentity identity) {
        return new BoardFacts(
                identity.uid(), identity.mac(), String.format("%08x", identity.chipId()), identity.firmware());
    }
}
