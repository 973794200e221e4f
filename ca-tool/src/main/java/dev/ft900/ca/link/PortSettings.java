package dev.ft900.ca.link;

/**
 * How a port is opened: 8N1, no flow control.
 *
 * @param baud bits per second; means nothing to a plain socket
 * @param dtr whether to raise DTR; on many adapters that resets a board or holds it in its boot loader
 * @param rts whether to raise RTS; likewise
 */
public record PortSettings(int baud, boolean dtr, boolean rts) {
    /** DTR and RTS low. */
    public static PortSettings at(int baud) {
        return new PortSettings(baud, false, false);
    }
}
