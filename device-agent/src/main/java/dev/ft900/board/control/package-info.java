/** What devices may ask of the machine they are in: a reset, the end of the program. For the thread that runs the machine. */
package dev.ft900.board.control;
