package dev.ft900.hil.bench;

import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;

/** The bench's fingers on the pads: the oracle that asks the pad itself and nobody else. */
public interface Pins {
    /** The level on a pad now. */
    Level level(Pad pad);

    /** Drives a pad from outside. */
    void drive(Pad pad, Level level);

    /** Lets go of a pad. */
    void release(Pad pad);
}
