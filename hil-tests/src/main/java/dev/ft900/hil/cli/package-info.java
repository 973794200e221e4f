/** The program {@code ./ft900}: its nouns, and the commands that need every module. */
package dev.ft900.hil.cli;
