package dev.ft900.ca.store;

import dev.ft900.protocol.name.BoardId;

/**
 * A board came or went.
 *
 * @param sequence counts up in the order of changes
 * @param isRegistered whether the board is registered now
 */
public record BoardChange(long sequence, BoardId board, boolean isRegistered) {}
