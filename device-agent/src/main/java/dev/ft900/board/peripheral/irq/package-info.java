/** The interrupt controller (sheet 3.3, 3.4): 32 inputs with priorities, a global mask, nesting, and the watchdog's own vector. */
package dev.ft900.board.peripheral.irq;
