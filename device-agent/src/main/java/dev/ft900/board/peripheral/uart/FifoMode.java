package dev.ft900.board.peripheral.uart;

import java.util.function.BooleanSupplier;

/** The five modes of sheet 4.3.4: how deep the FIFOs are and when they ask for attention. */
final class FifoMode {
    private static final int[] TRIGGERS_16 = {1, 4, 8, 14};
    private static final int[] TRIGGERS_128 = {1, 32, 64, 112};
    private static final int[] TRIGGERS_650 = {16, 32, 112, 120};
    private static final int[] FLOW_LOW_650 = {1, 16, 32, 112};
    private static final int[] SENDING_650 = {16, 32, 64, 112};

    private final UartRegisters registers;
    private final BooleanSupplier largeFifo;

    /** @param largeFifo FIFOSEL: 128 bytes in 550 mode */
    FifoMode(UartRegisters registers, BooleanSupplier largeFifo) {
        this.registers = registers;
        this.largeFifo = largeFifo;
    }

    boolean isOn() {
        return registers.fifoEnable.isSet();
    }

    private boolean isEnhanced() {
        return registers.enhancedMode.isSet();
    }

    private boolean is750() {
        return (registers.transmitTrigger.value() & 2) != 0;
    }

    /** How many characters a FIFO holds. */
    int depth() {
        if (!isOn()) {
            return 1;
        }
        return isEnhanced() || is750() || largeFifo.getAsBoolean() ? 128 : 16;
    }

    /** The level from which on received characters ask for attention. */
    int receiveTrigger() {
        if (!isOn()) {
            return 1;
        }
        if (isEnhanced()) {
            return registers.levelTriggers.isSet()
                    ? Math.max(1, registers.receiveLevelTrigger.value())
                    : TRIGGERS_650[registers.receiveTrigger.value()];
        }
        return (depth() == 128 ? TRIGGERS_128 : TRIGGERS_16)[registers.receiveTrigger.value()];
    }

    /** The level below which the transmitter asks for more; 0: when the shift register is empty too. */
    int transmitTrigger() {
        if (!isOn() || !isEnhanced()) {
            return 1;
        }
        return registers.levelTriggers.isSet()
                ? registers.transmitLevelTrigger.value()
                : SENDING_650[registers.transmitTrigger.value()];
    }

    /** The level at which automatic RTS stops the other end. */
    int flowHigh() {
        return isEnhanced() && registers.levelTriggers.isSet() ? registers.flowHigh.value() : receiveTrigger();
    }

    /** The level at which automatic RTS lets it go on. */
    int flowLow() {
        if (isOn() && isEnhanced()) {
            return registers.levelTriggers.isSet()
                    ? registers.flowLow.value()
                    : FLOW_LOW_650[registers.receiveTrigger.value()];
        }
        return 0;
    }
}
