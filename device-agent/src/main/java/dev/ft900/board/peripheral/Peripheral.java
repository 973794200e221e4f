package dev.ft900.board.peripheral;

import dev.ft900.board.bus.IoDevice;
import dev.ft900.board.control.Resettable;
import dev.ft900.board.register.RegisterBank;
import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import dev.ft900.board.state.Stateful;
import java.util.List;

/**
 * A block of the FT900, as the board's table sees it.
 *
 * <p>At a reset registers take their reset values, work under way ends, lines to the interrupt controller are released. What lives
 * outside the chip stays: the level that somebody drives on a pad, a frame on the cable, a battery-backed counter.
 */
public interface Peripheral extends Stateful, Resettable {
    /** Its registers: one table, or several where what answers at an address depends on a mode. Always the same. */
    List<RegisterBank> tables();

    /** What answers on the bus: its only table, unless it says otherwise. */
    default IoDevice device() {
        return tables().get(0);
    }

    /** Saves the registers. A peripheral that holds more saves that as well. */
    @Override
    default void save(StateWriter out) {
        tables().forEach(table -> table.save(out));
    }

    /** Restores the registers. */
    @Override
    default void restore(StateReader in) {
        tables().forEach(table -> table.restore(in));
    }
}
