/** The commands below {@code ./ft900 ca}: options in, words, JSON and exit codes out. One class a command. */
package dev.ft900.ca.cli.authority;
