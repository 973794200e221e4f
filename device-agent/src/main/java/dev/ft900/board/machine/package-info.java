/**
 * Machines: memories, a core and devices put together from a {@link dev.ft900.board.machine.MachineModel}, and run. One thread runs a machine and touches its parts;
 * others hand it their wishes.
 */
package dev.ft900.board.machine;
