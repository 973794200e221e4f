package dev.ft900.gateway.broker;

import dev.ft900.gateway.tls.TlsIdentity;
import java.net.InetAddress;
import java.nio.file.Path;

/**
 * With what a broker is started.
 *
 * @param address on which to listen
 * @param port on which to listen
 * @param scratch an empty folder for its files; only its owner may read it
 * @param identity its certificate, and the anchors to one of which every client's chain must lead
 */
public record BrokerSettings(InetAddress address, int port, Path scratch, TlsIdentity identity) {}
