package dev.ft900.board.cpu;

/** A way to execute instructions. All engines give the same states at the same cycles. */
public interface Engine {
    /** Executes at least one instruction, until the budget is used up or attention is wanted. Called with a budget of at least 1 and attention clear. */
    void run();
}
