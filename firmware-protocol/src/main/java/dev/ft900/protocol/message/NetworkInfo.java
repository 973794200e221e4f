package dev.ft900.protocol.message;

/** The network address of a board. */
public record NetworkInfo(MacAddress mac, Ipv4Address address, Ipv4Address mask, Ipv4Address router, boolean dhcp) {}
