/** What a program did: instructions, calls, and a hash of all of it. For the thread that runs the machine; tracing takes the interpreter. */
package dev.ft900.board.trace;
