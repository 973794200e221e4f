package dev.ft900.protocol.install;

/**
 * Bytes on a serial line, marks and stuffing included.
 *
 * @param sent from the station to the board
 * @param received from the board to the station
 */
public record Traffic(long sent, long received) {
    /** No bytes. */
    public static final Traffic NONE = new Traffic(0, 0);

    /** What has passed since an earlier count. */
    public Traffic since(Traffic earlier) {
        return new Traffic(sent - earlier.sent, received - earlier.received);
    }

    /** Both together. */
    public Traffic plus(Traffic other) {
        return new Traffic(sent + other.sent, received + other.received);
    }

    /** The bytes of the busier direction: both flow at the same time. */
    public long busier() {
        return Math.max(sent, received);
    }
}
