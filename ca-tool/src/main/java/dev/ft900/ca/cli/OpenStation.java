package dev.ft900.ca.cli;

import dev.ft900.ca.flash.Station;
import dev.ft900.ca.link.SerialLink;
import dev.ft900.protocol.exchange.Ticker;

/**
 * An open port with a station on it.
 *
 * @param port its name
 */
record OpenStation(String port, SerialLink link, Station station, Ticker ticker) implements AutoCloseable {
    @Override
    public void close() {
        link.close();
    }
}
