/** {@code ./ft900 board}: firmware images on virtual machines, from the command line. */
package dev.ft900.board.cli;
