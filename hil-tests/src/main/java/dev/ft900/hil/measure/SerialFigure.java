package dev.ft900.hil.measure;

import dev.ft900.agent.serial.SerialCable;
import dev.ft900.ca.flash.Provisioned;
import dev.ft900.protocol.install.Step;
import java.util.List;

/**
 * How long steps that belong together took beside their bytes on the wire.
 *
 * @param bytes of the busier direction, counted where no thread is late to count them: in virtual time
 * @param millis of each run, ascending
 */
public record SerialFigure(SerialCable.Wire wire, long bytes, List<Double> millis) {
    private static final double BITS_PER_BYTE = 10;

    /**
     * What some runs over a wire came to.
     *
     * @param ideal the same in virtual time
     */
    public static SerialFigure of(SerialCable.Wire wire, List<Step> steps, Provisioned ideal, List<Provisioned> runs) {
        return new SerialFigure(
                wire,
                steps.stream()
                        .mapToLong(step -> ideal.timings().get(step).traffic().busier())
                        .sum(),
                runs.stream().map(run -> millis(steps, run)).sorted().toList());
    }

    private static double millis(List<Step> steps, Provisioned run) {
        return steps.stream()
                .mapToDouble(step -> run.timings().get(step).took().toNanos() / 1e6)
                .sum();
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
}
