package dev.ft900.board.cpu;

/** Why {@link Core#run} came back. */
public sealed interface Stop {
    /** The cycle is reached. */
    record Reached() implements Stop {}

    /** {@link Core#requestStop} was called; the instruction during which that happened is done. */
    record Requested() implements Stop {}

    /** The program did what it should not; the program counter is at the instruction, unless that is done already. */
    record Faulted(Fault fault) implements Stop {}
}
