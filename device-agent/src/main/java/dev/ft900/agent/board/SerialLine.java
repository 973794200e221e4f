package dev.ft900.agent.board;

/** The board's UART0 towards the outside. */
public interface SerialLine {
    /**
     * Sends bytes.
     *
     * @param whenSent runs when the last of them has left; on any thread
     */
    void write(byte[] bytes, Runnable whenSent);

    /** A line with nothing at its end. */
    SerialLine UNPLUGGED = (bytes, whenSent) -> whenSent.run();
}
