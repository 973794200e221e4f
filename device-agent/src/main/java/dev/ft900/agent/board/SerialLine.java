package dev.ft900.agent.board;

/** The board's UART0 towards the outside. */
public interface SerialLine {
    /** The rate at which the board speaks after every boot, whatever that is on this line. */
    int OWN_RATE = 0;

    /**
     * Sends bytes.
     *
     * @param whenSent runs when the last of them has left; on any thread
     */
    void write(byte[] bytes, Runnable whenSent);

    /**
     * The board sends and hears at this rate from now on.
     *
     * @param baud bits per second, or {@link #OWN_RATE}
     */
    default void rate(int baud) {}

    /** A line with nothing at its end. */
    SerialLine UNPLUGGED = (bytes, whenSent) -> whenSent.run();
}
