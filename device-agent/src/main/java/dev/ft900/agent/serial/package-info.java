/**
 * The cable: a pseudo-terminal that any serial program can open, and a TCP port for machines that have none, both paced to the
 * baud rate as a wire would be. Implements {@link dev.ft900.agent.board.SerialLine}.
 */
package dev.ft900.agent.serial;
