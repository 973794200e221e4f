package dev.ft900.board.peripheral.i2c;

import dev.ft900.board.state.Stateful;

/** Something on an I2C bus. */
public interface I2cDevice extends Stateful {
    /** Its 7-bit address. */
    int address();

    /** It was addressed, at a start or a repeated start. */
    void start(boolean reading);

    /** @return whether it acknowledges the byte */
    boolean write(int value);

    /** The next byte for the master. */
    int read();

    /** The master has ended the transfer. */
    void stop();
}
