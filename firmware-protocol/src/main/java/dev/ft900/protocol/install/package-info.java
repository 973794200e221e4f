/**
 * How a board gets a new identity, step by step ({@code docs/protocol.md}, section 7), for whoever carries the frames: a station over a
 * serial line, a gateway over MQTT. Opens nothing itself. Looks at {@code exchange}, {@code provisioning} and {@code slot}.
 */
package dev.ft900.protocol.install;
