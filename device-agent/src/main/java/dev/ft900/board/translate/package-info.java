/**
 * The second engine: FT32 code that runs often becomes JVM bytecode. A region is a piece of program that one entry leads into, with its
 * loops; it works on RAM by itself, asks the core for I/O, and leaves everything unusual to the interpreter. Both engines give the
 * same states at the same cycles.
 */
package dev.ft900.board.translate;
