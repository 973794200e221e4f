/**
 * How messages look on the wire: topics and payloads of the native dialect (version 2), bytes in, values out.
 *
 * <p>Bytes from outside never raise an exception: decoding yields a {@link dev.ft900.protocol.dialect.Decoded} or, for a
 * request, which must be answered even when it is wrong, an {@link dev.ft900.protocol.dialect.IncomingRequest}. Looks at
 * {@code message}, {@code pad} and {@code name}. {@code docs/protocol.md}, sections 1 to 5, is the reference for both ends.
 */
package dev.ft900.protocol.dialect;
