package dev.ft900.board.machine;

import dev.ft900.board.cpu.Fault;

/** Why a machine's run is over. */
public sealed interface Outcome {
    /** The program ended itself. */
    record Exited(int code) implements Outcome {}

    /** The program did what it should not, and the policy is to stop. */
    record Faulted(Fault fault) implements Outcome {}

    /** The cycle is reached. */
    record CycleReached() implements Outcome {}

    /** {@link Machine#stop} was called. */
    record Stopped() implements Outcome {}
}
