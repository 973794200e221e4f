/** The real-time clocks of the two revisions (sheet 4.5): different blocks at different addresses, one interrupt. */
package dev.ft900.board.peripheral.rtc;
