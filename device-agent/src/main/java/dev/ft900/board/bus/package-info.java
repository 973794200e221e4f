/**
 * What a core and its devices say to one another: loads and stores of one, two or four bytes, and findings about firmware that
 * touches what is not there. Knows no machine, no core and no device. All of it is for the one thread that runs the machine.
 */
package dev.ft900.board.bus;
