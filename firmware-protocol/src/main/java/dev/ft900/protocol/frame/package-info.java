/**
 * Provisioning frames as bytes on a serial line that they share with console text ({@code docs/protocol.md}, section 6):
 * where a frame starts and ends, its checksum and number. What is inside is the business of {@code provisioning}. Looks at
 * {@code wire}.
 */
package dev.ft900.protocol.frame;
