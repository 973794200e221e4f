/**
 * Virtual time: cycles of 10 ns since power-on, and alarms at cycles. Nothing here looks at the host's clock. For the thread that
 * runs the machine.
 */
package dev.ft900.board.clock;
