/**
 * The stores of an FT900 beside its flash ({@code dev.ft900.agent.flash}): program memory, of which instructions and {@code lpm} read, and data RAM
 * (hardware sheet 2.1). For the thread that runs the machine.
 */
package dev.ft900.board.memory;
