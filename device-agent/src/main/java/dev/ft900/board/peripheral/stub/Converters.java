package dev.ft900.board.peripheral.stub;

import static dev.ft900.board.register.Access.PULSE;
import static dev.ft900.board.register.Access.READ_ONLY;
import static dev.ft900.board.register.Access.READ_WRITE;
import static dev.ft900.board.register.Access.UNMODELLED;
import static dev.ft900.board.register.Access.WRITE_ONE_TO_CLEAR;

import dev.ft900.board.bus.Findings;
import dev.ft900.board.control.ResetCause;
import dev.ft900.board.irq.InterruptLine;
import dev.ft900.board.peripheral.Peripheral;
import dev.ft900.board.register.Field;
import dev.ft900.board.register.Reach;
import dev.ft900.board.register.Register;
import dev.ft900.board.register.RegisterBank;
import java.util.List;

/** ADC and DACs; sheet 4.7. A conversion finishes at once; every channel reads 0, and what the DACs put out goes nowhere. */
public final class Converters implements Peripheral {
    private final RegisterBank bank;
    private final Field[] enable;
    private final Field[] pending;
    private final InterruptLine adcInterrupt;
    private final InterruptLine dacInterrupt;

    /** Makes the block. */
    public Converters(int base, InterruptLine adcInterrupt, InterruptLine dacInterrupt, Findings findings) {
        this.adcInterrupt = adcInterrupt;
        this.dacInterrupt = dacInterrupt;
        bank = new RegisterBank("ADC_DAC", base, 0x0C, Reach.ANY, findings);
        Register config = bank.register(0x0, "ADC_DAC_CONF", 32, 0);
        config.bit(0, "dac0_on", UNMODELLED);
        config.bit(1, "dac0_cont", UNMODELLED);
        Field dac0Start = config.bit(3, "dac0_start", PULSE);
        config.bit(4, "dac1_on", UNMODELLED);
        config.bit(5, "dac1_cont", UNMODELLED);
        Field dac1Start = config.bit(7, "dac1_start", PULSE);
        config.field(10, 8, "adc_channel", UNMODELLED);
        config.bit(11, "adc_on", UNMODELLED);
        config.bit(12, "adc_cont", UNMODELLED);
        config.bit(13, "adc_rail_to_rail", UNMODELLED);
        Field adcStart = config.bit(15, "adc_start", PULSE);
        enable = new Field[] {
            config.bit(16, "dac0_irq", READ_WRITE),
            config.bit(17, "dac1_irq", READ_WRITE),
            config.bit(18, "adc_irq", READ_WRITE)
        };
        pending = new Field[] {
            config.bit(24, "dac0_pending", WRITE_ONE_TO_CLEAR),
            config.bit(25, "dac1_pending", WRITE_ONE_TO_CLEAR),
            config.bit(26, "adc_pending", WRITE_ONE_TO_CLEAR)
        };
        var starts = List.of(dac0Start, dac1Start, adcStart);
        config.onWrite(() -> {
            for (int converter = 0; converter < pending.length; converter++) {
                if (starts.get(converter).isSet()) {
                    pending[converter].set();
                }
            }
            showInterrupts();
        });
        bank.register(0x4, "ADC_DAC_CNT", 32, 0x6300_0000, UNMODELLED);
        var data = bank.register(0x8, "ADC_DAC_DATA", 32, 0);
        data.field(9, 0, "data", READ_ONLY);
    }

    private void showInterrupts() {
        dacInterrupt.set(isSignalled(0) || isSignalled(1));
        adcInterrupt.set(isSignalled(2));
    }

    private boolean isSignalled(int converter) {
        return enable[converter].isSet() && pending[converter].isSet();
    }

    @Override
    public List<RegisterBank> tables() {
        return List.of(bank);
    }

    @Override
    public void reset(ResetCause cause) {
        bank.reset();
        showInterrupts();
    }
}
