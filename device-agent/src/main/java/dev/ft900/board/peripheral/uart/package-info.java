/**
 * The two UARTs, compatible to the 16C950 (sheet 4.3): FIFOs in the five modes, baud timing, time-outs, nine-bit characters, and the
 * cable outside.
 */
package dev.ft900.board.peripheral.uart;
