package dev.ft900.gateway.device;

import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.pad.Pad;
import java.util.List;

/** Where desired states are kept. When a call returns, what it did is on disk. Safe for use by several threads. */
public interface DesiredPinStore {
    void put(DesiredPin desired);

    /** @return false when there was none */
    boolean remove(BoardId board, Pad pad);

    /** Of one board, in the order of the pads. */
    List<DesiredPin> of(BoardId board);
}
