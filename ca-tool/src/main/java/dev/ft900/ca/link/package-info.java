/**
 * The way to a board on the bench: serial ports and TCP sockets, and frames over them. The one package that knows the serial library.
 */
package dev.ft900.ca.link;
