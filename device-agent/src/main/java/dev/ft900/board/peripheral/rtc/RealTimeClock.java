package dev.ft900.board.peripheral.rtc;

import dev.ft900.board.peripheral.Peripheral;

/** What the board and its bench want of either clock. */
public sealed interface RealTimeClock extends Peripheral permits RtcB, RtcC {
    /**
     * Moves the clock on, as if somebody had set it: alarms on the way do not go off.
     *
     * @param seconds 0 or more
     */
    void jump(long seconds);
}
