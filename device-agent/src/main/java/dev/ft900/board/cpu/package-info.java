/**
 * The FT32 core (hardware sheet, chapter 1): decoding, arithmetic as pure functions, an interpreter, and what stops it. It sees program memory, a
 * data bus and an interrupt controller, and nothing else. One instruction is one cycle. For the thread that runs the machine.
 */
package dev.ft900.board.cpu;
