package dev.ft900.board.peripheral.uart;

/** Baud rate and frame format, worked out from the registers (sheet 4.3.4). */
final class UartTiming {
    private static final int SAMPLES_BY_DEFAULT = 16;

    private final UartRegisters registers;

    UartTiming(UartRegisters registers) {
        this.registers = registers;
    }

    /** Cycles of 10 ns for one bit; 0 without a clock (divisor 0). */
    long bitCycles() {
        int divisor = registers.divisorHigh.value() << 8 | registers.divisorLow.value();
        int samples = registers.samples.value() < 4 ? SAMPLES_BY_DEFAULT : registers.samples.value();
        int prescaler = registers.prescalerOn.isSet() ? Math.max(1, registers.prescaler.value()) : 1;
        return (long) samples * divisor * prescaler;
    }

    /** Cycles for a whole character with start, parity and stop bits; 0 without a clock. */
    long characterCycles() {
        return bitCycles() * halfBits() / 2;
    }

    private int halfBits() {
        if (registers.nineBit.isSet()) {
            return 2 * (1 + 9 + (registers.twoStopBits.isSet() ? 2 : 1));
        }
        int data = registers.dataBits.value() + 5;
        int stop = !registers.twoStopBits.isSet() ? 2 : data == 5 ? 3 : 4;
        return 2 * (1 + data + (registers.parity.isSet() ? 1 : 0)) + stop;
    }

    /** The bits of a character that travel. */
    int characterMask() {
        return registers.nineBit.isSet() ? 0x1FF : (1 << registers.dataBits.value() + 5) - 1;
    }
}
