package dev.ft900.board.machine;

import dev.ft900.board.control.Resettable;
import dev.ft900.board.irq.Interrupts;
import dev.ft900.board.state.Stateful;

/** All devices of one machine. */
public interface Devices extends Resettable, Stateful {
    /** Its interrupt controller. */
    Interrupts interrupts();
}
