package dev.ft900.agent.board;

import java.time.Duration;

/** The one thread of a board, and its timers. A test's loop runs by hand. */
public interface BoardLoop {
    /** Runs something on the board's thread, after what was given before. Never runs it at once. */
    void execute(Runnable work);

    /** Runs something on the board's thread after some time. */
    Timer schedule(Duration delay, Runnable work);

    /** Monotonic time in nanoseconds. */
    long nanos();

    /** Something that is to happen later. */
    interface Timer {
        /** Sees to it that it does not happen, if it has not happened yet. */
        void cancel();
    }
}
