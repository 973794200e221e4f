package dev.ft900.protocol.pad;

/**
 * One pad as the board found it.
 *
 * @param level the level on the pad itself, whoever drives it
 * @param reserved whether the board refuses to drive or to configure it
 */
public record PadState(Pad pad, Direction direction, Pull pull, Edge edge, Level level, boolean reserved) {}
