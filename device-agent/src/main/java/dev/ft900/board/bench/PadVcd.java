package dev.ft900.board.bench;

import dev.ft900.board.clock.SimClock;
import dev.ft900.board.peripheral.gpio.Gpio;
import dev.ft900.board.peripheral.gpio.PadListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/**
 * Records the levels of all pads as a value change dump (IEEE 1364-2005, section 18), in units of 10 ns, one wire per pad. Its text depends on
 * the run alone, not on the host or the day.
 */
public final class PadVcd implements PadListener, AutoCloseable {
    private static final char FIRST_CODE = '!';

    private final Gpio gpio;
    private final SimClock clock;
    private final Writer out;
    private long written = -1;

    /**
     * Writes the header and the levels of now; {@link #close} ends the recording.
     *
     * @throws UncheckedIOException {@code out} is broken
     */
    public PadVcd(Gpio gpio, SimClock clock, Writer out) {
        this.gpio = gpio;
        this.clock = clock;
        this.out = out;
        write("$version FT900 toolkit $end\n$timescale 10 ns $end\n$scope module pads $end\n");
        for (int pad = 0; pad < Gpio.PADS; pad++) {
            write("$var wire 1 " + code(pad) + " pad" + pad + " $end\n");
        }
        write("$upscope $end\n$enddefinitions $end\n");
        stamp();
        write("$dumpvars\n");
        for (int pad = 0; pad < Gpio.PADS; pad++) {
            write(level(pad, gpio.isHigh(pad)));
        }
        write("$end\n");
        gpio.listen(this);
    }

    @Override
    public void changed(int pad, boolean high) {
        stamp();
        write(level(pad, high));
    }

    private void stamp() {
        if (clock.cycles() != written) {
            written = clock.cycles();
            write("#" + written + "\n");
        }
    }

    private static String level(int pad, boolean high) {
        return (high ? "1" : "0") + code(pad) + "\n";
    }

    private static char code(int pad) {
        return (char) (FIRST_CODE + pad);
    }

    private void write(String text) {
        try {
            out.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException("the recording of the pads cannot be written: " + e.getMessage(), e);
        }
    }

    /** Ends the recording at the cycle of now, and closes the file. */
    @Override
    public void close() throws IOException {
        gpio.forget(this);
        stamp();
        out.close();
    }
}
