package dev.ft900.hil.measure;

import dev.ft900.agent.serial.SerialCable;
import dev.ft900.ca.flash.Provisioned;
import dev.ft900.protocol.install.Step;
import java.util.List;

/**
 * How long a transfer took beside its bytes on the wire.
 *
 * @param bytes of the busier direction
 * @param millis of each run
 */
public record SerialFigure(SerialCable.Wire wire, Step step, long bytes, List<Double> millis) {
    private static final double BITS_PER_BYTE = 10;

    /** What some runs over a wire came to. */
    public static SerialFigure of(SerialCable.Wire wire, Step step, List<Provisioned> runs) {
        return new SerialFigure(
                wire,
                step,
                runs.get(0).timings().get(step).traffic().busier(),
                runs.stream()
                        .map(run -> run.timings().get(step).took().toNanos() / 1e6)
                        .sorted()
                        .toList());
    }

    /** Bytes ÷ baud, in milliseconds. */
    public double wireMillis() {
        return bytes * BITS_PER_BYTE * 1000 / wire.baud();
    }

    /** The median of the runs, in milliseconds. */
    public double median() {
        return millis.get(millis.size() / 2);
    }

    /** The median over the time of the bytes alone. */
    public double overWire() {
        return median() / wireMillis();
    }

    /** The median over the time of the bytes and of the adapter's latency, once: the last answer cannot come earlier. */
    public double overFloor() {
        return median() / (wireMillis() + wire.latency().toMillis());
    }
}
