package dev.ft900.board.bench;

/**
 * A fault that has had its effect.
 *
 * @param cycle when, since the machine was made
 * @param what in words
 */
public record FiredFault(long cycle, String what) {}
