/** Timers A to D, their prescalers, and the watchdog (sheet 3.6, 4.4). */
package dev.ft900.board.peripheral.timer;
