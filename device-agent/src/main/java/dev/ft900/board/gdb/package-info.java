/**
 * GDB's remote serial protocol (GDB manual, appendix E) on a TCP port of loopback. GDB's addresses for data are those of ELF files: RAM at 0x800000.
 * One thread serves the debugger and runs the machine; a second one only watches for Ctrl-C.
 */
package dev.ft900.board.gdb;
