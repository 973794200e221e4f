/**
 * The slot record: all that makes a board somebody, in one piece ({@code docs/protocol.md}, section 8). Looks at {@code wire},
 * {@code name}, {@code message} and {@code pad}.
 */
package dev.ft900.protocol.slot;
