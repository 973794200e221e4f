package dev.ft900.protocol.message;

import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;

/**
 * A board reports, unasked, that an input pad changed.
 *
 * @param sequence counts this boot's events from 1; a gap tells that events were lost
 * @param level the level after the edge
 * @param uptimeMillis when, in milliseconds since boot, modulo 2^32
 */
public record PadEdge(BootId boot, long sequence, Pad pad, Level level, long uptimeMillis) {}
