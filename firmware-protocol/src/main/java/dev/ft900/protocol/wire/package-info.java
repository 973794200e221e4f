/**
 * Bytes and nothing else: little-endian numbers, strings with a length before them, CRC-32. Values are unsigned from here
 * on. Looks at no other package.
 */
package dev.ft900.protocol.wire;
