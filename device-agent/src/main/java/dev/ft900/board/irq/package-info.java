/** Interrupts between devices, their controller and the core: levels in, a vector out. For the thread that runs the machine. */
package dev.ft900.board.irq;
