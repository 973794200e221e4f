/** Pads and GPIO (sheet 4.2): pad configuration, levels, edge interrupts, and what the bench drives and sees. */
package dev.ft900.board.peripheral.gpio;
