/** The commands {@code ca} and {@code flash}: options in, words and exit codes out. One class a command. */
package dev.ft900.ca.cli;
