package dev.ft900.board.peripheral.gpio;

import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import dev.ft900.board.state.Stateful;
import java.util.Arrays;

/**
 * What the world outside does to the pads: drives them high or low, or leaves them alone; and faults that hold a pad at a level
 * whatever anybody drives.
 */
final class PadBank implements Stateful {
    /** What is put on a pad from outside. The order is that of the snapshot. */
    enum Drive {
        NONE,
        LOW,
        HIGH
    }

    private final Drive[] outside = new Drive[GpioRegisters.PADS];
    private final Drive[] stuck = new Drive[GpioRegisters.PADS];
    private final Runnable[] onStuck = new Runnable[GpioRegisters.PADS];

    PadBank() {
        Arrays.fill(outside, Drive.NONE);
        Arrays.fill(stuck, Drive.NONE);
    }

    void drive(int pad, Drive drive) {
        outside[pad] = drive;
    }

    /** @param shown run once, when the pad would have another level for the first time */
    void stick(int pad, Drive at, Runnable shown) {
        stuck[pad] = at;
        onStuck[pad] = shown;
    }

    /** The level of a pad: that of a fault, of the chip, of the outside, or of its pull. */
    boolean level(int pad, Drive byChip, boolean pulled) {
        boolean healthy = healthyLevel(pad, byChip, pulled);
        if (stuck[pad] == Drive.NONE) {
            return healthy;
        }
        boolean level = stuck[pad] == Drive.HIGH;
        if (level != healthy && onStuck[pad] != null) {
            var shown = onStuck[pad];
            onStuck[pad] = null;
            shown.run();
        }
        return level;
    }

    private boolean healthyLevel(int pad, Drive byChip, boolean pulled) {
        if (byChip != Drive.NONE) {
            return byChip == Drive.HIGH;
        }
        return outside[pad] == Drive.NONE ? pulled : outside[pad] == Drive.HIGH;
    }

    @Override
    public void save(StateWriter out) {
        for (int pad = 0; pad < outside.length; pad++) {
            out.putInt(outside[pad].ordinal());
            out.putInt(stuck[pad].ordinal());
        }
    }

    @Override
    public void restore(StateReader in) {
        for (int pad = 0; pad < outside.length; pad++) {
            outside[pad] = Drive.values()[in.getInt(0, 2)];
            stuck[pad] = Drive.values()[in.getInt(0, 2)];
        }
    }
}
