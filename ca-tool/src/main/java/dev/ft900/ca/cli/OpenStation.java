package dev.ft900.ca.cli;

import dev.ft900.ca.flash.Station;
import dev.ft900.ca.link.SerialLink;
import dev.ft900.ca.link.SerialPort;
import dev.ft900.protocol.exchange.Ticker;

/**
 * An open port with a station on it.
 *
 * @param port its name
 */
record OpenStation(String port, SerialLink link, Station station, Ticker ticker) implements AutoCloseable {
    /** @param baud of the port, in bits per second */
    static OpenStation on(String name, SerialPort opened, int baud, Ticker ticker) {
        var link = new SerialLink(opened, ticker);
        return new OpenStation(name, link, new Station(link, baud, ticker), ticker);
    }

    @Override
    public void close() {
        link.close();
    }
}
