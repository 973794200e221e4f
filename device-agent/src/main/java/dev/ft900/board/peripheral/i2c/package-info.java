/** The I2C master, the two buses that it can be on, and what sits there (sheet 4.7, 5). */
package dev.ft900.board.peripheral.i2c;
