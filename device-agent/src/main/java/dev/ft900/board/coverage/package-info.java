/** Which source lines a program ran: counts per instruction, DWARF line tables, LCOV reports. */
package dev.ft900.board.coverage;
