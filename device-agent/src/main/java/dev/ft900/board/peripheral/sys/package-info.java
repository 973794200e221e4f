/** General control of the chip (sheet 4.1): identification, clocks, power, peripheral resets and switches, the reset register. */
package dev.ft900.board.peripheral.sys;
