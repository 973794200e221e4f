package dev.ft900.board.peripheral.uart;

/** What is at the other end of a UART's transmit line. */
@FunctionalInterface
public interface SerialPeer {
    /** Nobody. */
    SerialPeer NONE = character -> {};

    /**
     * A character has left the UART.
     *
     * @param character its data bits, and the ninth as bit 8 in nine-bit mode
     */
    void transmitted(int character);
}
