package dev.ft900.board.machine;

import dev.ft900.agent.flash.Flash;
import dev.ft900.board.bus.Findings;
import dev.ft900.board.bus.IoBus;
import dev.ft900.board.clock.SimClock;
import dev.ft900.board.control.MachineControl;
import dev.ft900.board.memory.ProgramMemory;
import dev.ft900.board.memory.Ram;

/**
 * What a machine offers to the devices that are put on it.
 *
 * @param io where they are mapped
 * @param attention to be run by an interrupt controller whenever its {@code pending()} may have become true
 */
public record Parts(
        SimClock clock,
        IoBus io,
        Ram ram,
        ProgramMemory program,
        Flash flash,
        Findings findings,
        MachineControl control,
        Runnable attention) {}
