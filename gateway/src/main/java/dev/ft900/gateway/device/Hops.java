package dev.ft900.gateway.device;

/**
 * Where the time of one command went, each in microseconds; {@value #UNKNOWN} where it is not known.
 *
 * @param queue in the gateway, from the request's being understood to its being handed to the connection
 * @param brokerOut until the broker acknowledged that it has the command
 * @param board in the board, as the board itself measured it
 * @param brokerBack the rest: from the broker to the board and all the way back; with the board's own time in it when the board does not
 *     state that
 */
public record Hops(long queue, long brokerOut, long board, long brokerBack) {
    public static final long UNKNOWN = -1;

    /** Nothing is known: nothing was sent. */
    public static final Hops NONE = new Hops(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);
}
