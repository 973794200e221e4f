/**
 * Asking and being answered over a link that may lose, repeat and garble frames: numbers, time-outs, retries, several requests
 * in flight. Opens no port itself; a {@link dev.ft900.protocol.exchange.FrameLink} does. Looks at {@code frame} and
 * {@code provisioning}.
 */
package dev.ft900.protocol.exchange;
