package dev.ft900.gateway.broker.outside;

import java.io.IOException;

/** Ends sessions at a broker. */
interface SessionEnder {
    /**
     * Ends the session of a client, if it has one.
     *
     * @param commonName of its certificate, which is its user name and its client id
     * @throws IOException the broker could not be told; try again
     */
    void end(String commonName) throws IOException, InterruptedException;
}
