package dev.ft900.hil.bench;

import dev.ft900.protocol.name.BoardId;

/** The board under test. */
public interface Dut {
    BoardId id();

    Pins pins();

    Power power();

    /** Presses the reset button and lets go. */
    void pressReset();

    /** The name of the port at which its UART0 can be reached. */
    String serialPort();
}
