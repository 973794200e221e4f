/** The flash controller with its copying commands, the port into program memory, and the data-logger partition (sheet 2.3, 4.8, 4.9). */
package dev.ft900.board.peripheral.flash;
