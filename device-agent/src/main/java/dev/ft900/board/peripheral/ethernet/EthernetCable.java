package dev.ft900.board.peripheral.ethernet;

/** Where frames of the board go. */
@FunctionalInterface
public interface EthernetCable {
    /** Nowhere. */
    EthernetCable NONE = frame -> {};

    /**
     * A frame has left the board.
     *
     * @param frame from the destination address on, without preamble and without CRC; 14 … 2046 bytes
     */
    void transmitted(byte[] frame);
}
