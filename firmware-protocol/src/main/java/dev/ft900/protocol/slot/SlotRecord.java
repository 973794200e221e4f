package dev.ft900.protocol.slot;

import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.pad.PadSet;
import java.util.List;
import java.util.Optional;

/**
 * Who a board is, where it connects, whom it trusts. Written and switched as one.
 *
 * @param generation 1 to 4294967295; the highest valid one wins
 * @param anchors one or two certificates, one of which the broker's chain must lead to
 * @param chain the board's own certificate, then 0 to {@value #MAX_CHAIN} - 1 issuers of it
 * @param key the board's private key (PKCS#8); absent when the board made its key itself
 * @param reserved pads that no command may touch, besides {@link PadSet#RESERVED}
 */
public record SlotRecord(
        BoardId id,
        long generation,
        BrokerAddress broker,
        List<Der> anchors,
        List<Der> chain,
        Optional<Der> key,
        Addressing addressing,
        PadSet reserved) {
    /** The longest record, in bytes. */
    public static final int MAX_BYTES = 6144;

    /** The most certificates in a board's own chain. */
    public static final int MAX_CHAIN = 4;

    public SlotRecord {
        if (generation < 1 || generation > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("a slot's generation is 1 to 4294967295; got " + generation);
        }
        if (anchors.isEmpty() || anchors.size() > 2) {
            throw new IllegalArgumentException("a slot holds one or two trust anchors; got " + anchors.size());
        }
        if (chain.isEmpty() || chain.size() > MAX_CHAIN) {
            throw new IllegalArgumentException(
                    "a slot holds a chain of 1 to " + MAX_CHAIN + " certificates; got " + chain.size());
        }
        anchors = List.copyOf(anchors);
        chain = List.copyOf(chain);
    }
}
