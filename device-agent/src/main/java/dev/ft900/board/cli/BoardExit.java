package dev.ft900.board.cli;

/** What {@code ./ft900 board run} tells a shell, beside the program's own exit code and the toolkit's codes. */
final class BoardExit {
    /** The text was seen, or the program ended with 0. */
    static final int OK = 0;

    /** {@code board speed}: slower than was asked for. */
    static final int SLOW = 1;

    /** The command line is wrong. */
    static final int USAGE = 2;

    /** The image is none that the machine can run. */
    static final int REFUSED = 3;

    /** A file, port or terminal is missing or taken. */
    static final int ENVIRONMENT = 4;

    /** {@code --timeout} or {@code --max-cycles} is over, as with the command {@code timeout}. */
    static final int TIME_OUT = 124;

    /** A fault of the firmware, as of a process that met an illegal instruction. */
    static final int FAULT = 132;

    private BoardExit() {}
}
