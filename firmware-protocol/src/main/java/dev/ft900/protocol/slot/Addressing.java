package dev.ft900.protocol.slot;

import dev.ft900.protocol.message.Ipv4Address;

/** How a board gets its network address. */
public sealed interface Addressing {
    /** By DHCP. */
    record Dhcp() implements Addressing {}

    /** Fixed. */
    record Static(Ipv4Address address, Ipv4Address mask, Ipv4Address router, Ipv4Address dns) implements Addressing {}
}
