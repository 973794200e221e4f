package dev.ft900.ca.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Bits per second as an option. */
final class BaudRate implements ITypeConverter<Integer> {
    private static final int SLOWEST = 300;

    /** Of USB adapters. */
    private static final int FASTEST = 12_000_000;

    @Override
    public Integer convert(String word) {
        try {
            int baud = Integer.parseInt(word);
            if (baud >= SLOWEST && baud <= FASTEST) {
                return baud;
            }
        } catch (NumberFormatException e) {
            throw wrong(word);
        }
        throw wrong(word);
    }

    private static TypeConversionException wrong(String word) {
        return new TypeConversionException("expected " + SLOWEST + " to " + FASTEST + " bits per second; got " + word);
    }
}
