/**
 * The machine {@code ft900}: which block lies where, which interrupt input and which clock is its own, and how the blocks are wired. Boards are
 * data: {@link dev.ft900.board.ft900.Slot} is the memory map of sheet 2.2.
 */
package dev.ft900.board.ft900;
