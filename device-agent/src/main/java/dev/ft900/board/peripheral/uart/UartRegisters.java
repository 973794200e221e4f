package dev.ft900.board.peripheral.uart;

import static dev.ft900.board.register.Access.READ_ONLY;
import static dev.ft900.board.register.Access.READ_TO_CLEAR;
import static dev.ft900.board.register.Access.READ_WRITE;
import static dev.ft900.board.register.Access.UNMODELLED;
import static dev.ft900.board.register.Access.WRITE_ONLY;

import dev.ft900.board.bus.Findings;
import dev.ft900.board.register.Field;
import dev.ft900.board.register.Reach;
import dev.ft900.board.register.Register;
import dev.ft900.board.register.RegisterBank;
import java.util.List;

/** The tables of sheet 4.3.1 to 4.3.3: what answers at an address depends on LCR and ACR. */
final class UartRegisters {
    private static final int SIZE = 0x10;

    final RegisterBank normal;
    final Register receive;
    final Register transmit;
    final Register interruptEnable;
    final Field receiveEnable;
    final Field transmitEnable;
    final Field lineEnable;
    final Field modemEnable;
    final Field specialEnable;
    final Field ctsEnable;
    final Register interruptStatus;
    final Register fifoControl;
    final Field fifoEnable;
    final Field clearReceive;
    final Field clearTransmit;
    final Field transmitTrigger;
    final Field receiveTrigger;
    final Register lineControl;
    final Field dataBits;
    final Field twoStopBits;
    final Field parity;
    final Field divisorAccess;
    final Register modemControl;
    final Field dtr;
    final Field rts;
    final Field out1;
    final Field out2;
    final Field loopback;
    final Field autoFlow;
    final Field prescalerOn;
    final Register lineStatus;
    final Field overrun;
    final Register modemStatus;
    final Register scratch;

    final RegisterBank divisor;
    final Register divisorLow;
    final Register divisorHigh;

    final RegisterBank enhanced;
    final Register enhancedFeatures;
    final Field enhancedMode;
    final Field autoRts;
    final Field autoCts;
    /** XON1, XON2, XOFF1, XOFF2. */
    final Register[] special;

    final RegisterBank additional;
    final Register additionalStatus;
    final Register receiveLevel;
    final Register transmitLevel;

    final RegisterBank indexed;
    final Field receiveDisable;
    final Field transmitDisable;
    final Field levelTriggers;
    final Field indexedRead;
    final Field additionalRead;
    final Field prescaler;
    final Field samples;
    final Field transmitLevelTrigger;
    final Field receiveLevelTrigger;
    final Field flowLow;
    final Field flowHigh;
    final Register softReset;
    final Field nineBit;
    final Field addressInterrupt;
    final Field specialNinth;
    final Field deltaMask;
    final Register fifoControlView;
    final Register goodData;
    /** Those that a soft reset keeps. */
    final List<Register> clocks;

    UartRegisters(String name, int base, Findings findings) {
        normal = new RegisterBank(name, base, SIZE, Reach.BYTES, findings);
        receive = normal.register(0, "RBR", 8, 0x00, READ_ONLY);
        transmit = normal.register(0, "THR", 8, 0x00, WRITE_ONLY);
        interruptEnable = normal.register(1, "IER", 8, 0x00);
        receiveEnable = interruptEnable.bit(0, "receive", READ_WRITE);
        transmitEnable = interruptEnable.bit(1, "thr_empty", READ_WRITE);
        lineEnable = interruptEnable.bit(2, "line_status", READ_WRITE);
        modemEnable = interruptEnable.bit(3, "modem", READ_WRITE);
        interruptEnable.bit(4, "sleep", UNMODELLED);
        specialEnable = interruptEnable.bit(5, "special", READ_WRITE);
        interruptEnable.bit(6, "rts", UNMODELLED);
        ctsEnable = interruptEnable.bit(7, "cts", READ_WRITE);
        interruptStatus = normal.register(2, "ISR", 8, 0x01);
        interruptStatus.field(5, 0, "code", READ_ONLY);
        interruptStatus.reserved(7, 6);
        fifoControl = normal.register(2, "FCR", 8, 0x00);
        fifoEnable = fifoControl.bit(0, "fifo_enable", WRITE_ONLY);
        clearReceive = fifoControl.bit(1, "clear_rx", WRITE_ONLY);
        clearTransmit = fifoControl.bit(2, "clear_tx", WRITE_ONLY);
        fifoControl.bit(3, "dma_mode", WRITE_ONLY);
        transmitTrigger = fifoControl.field(5, 4, "tx_trigger", WRITE_ONLY);
        receiveTrigger = fifoControl.field(7, 6, "rx_trigger", WRITE_ONLY);
        lineControl = normal.register(3, "LCR", 8, 0x00);
        dataBits = lineControl.field(1, 0, "data_bits", READ_WRITE);
        twoStopBits = lineControl.bit(2, "two_stop_bits", READ_WRITE);
        parity = lineControl.bit(3, "parity", READ_WRITE);
        lineControl.bit(4, "even", READ_WRITE);
        lineControl.bit(5, "stick", READ_WRITE);
        lineControl.bit(6, "break", UNMODELLED);
        divisorAccess = lineControl.bit(7, "dlab", READ_WRITE);
        modemControl = normal.register(4, "MCR", 8, 0x00);
        dtr = modemControl.bit(0, "dtr", READ_WRITE);
        rts = modemControl.bit(1, "rts", READ_WRITE);
        out1 = modemControl.bit(2, "out1", READ_WRITE);
        out2 = modemControl.bit(3, "out2", READ_WRITE);
        loopback = modemControl.bit(4, "loopback", READ_WRITE);
        autoFlow = modemControl.bit(5, "afe", READ_WRITE);
        modemControl.bit(6, "irda", UNMODELLED);
        prescalerOn = modemControl.bit(7, "prescaler", READ_WRITE);
        lineStatus = normal.register(5, "LSR", 8, 0x60);
        lineStatus.bit(0, "data_ready", READ_ONLY);
        overrun = lineStatus.bit(1, "overrun", READ_TO_CLEAR);
        lineStatus.bit(2, "parity_or_ninth", READ_ONLY);
        lineStatus.bit(3, "framing", READ_TO_CLEAR);
        lineStatus.bit(4, "break", READ_TO_CLEAR);
        lineStatus.bit(5, "thr_empty", READ_ONLY);
        lineStatus.bit(6, "idle", READ_ONLY);
        lineStatus.bit(7, "fifo_error", READ_TO_CLEAR);
        modemStatus = normal.register(6, "MSR", 8, 0xB0);
        modemStatus.field(3, 0, "deltas", READ_TO_CLEAR);
        modemStatus.field(7, 4, "dcd_ri_dsr_cts", READ_ONLY);
        scratch = normal.register(7, "SPR", 8, 0x00, READ_WRITE);

        divisor = new RegisterBank(name + " DLAB", base, 2, Reach.BYTES, findings);
        divisorLow = divisor.register(0, "DLL", 8, 0x00, READ_WRITE);
        divisorHigh = divisor.register(1, "DLM", 8, 0x00, READ_WRITE);

        enhanced = new RegisterBank(name + " 650", base, 8, Reach.BYTES, findings);
        enhancedFeatures = enhanced.register(2, "EFR", 8, 0x00);
        enhancedFeatures.field(3, 0, "in_band_flow", UNMODELLED);
        enhancedMode = enhancedFeatures.bit(4, "enhanced", READ_WRITE);
        enhancedFeatures.bit(5, "special_char", UNMODELLED);
        autoRts = enhancedFeatures.bit(6, "auto_rts", READ_WRITE);
        autoCts = enhancedFeatures.bit(7, "auto_cts", READ_WRITE);
        special = new Register[] {
            enhanced.register(4, "XON1", 8, 0x00, READ_WRITE),
            enhanced.register(5, "XON2", 8, 0x00, READ_WRITE),
            enhanced.register(6, "XOFF1", 8, 0x00, READ_WRITE),
            enhanced.register(7, "XOFF2", 8, 0x00, READ_WRITE)
        };

        additional = new RegisterBank(name + " 950", base, 5, Reach.BYTES, findings);
        additionalStatus = additional.register(1, "ASR", 8, 0xC0);
        additionalStatus.field(1, 0, "xoff", UNMODELLED);
        additionalStatus.field(7, 2, "status", READ_ONLY);
        receiveLevel = additional.register(3, "RFL", 8, 0x00, READ_ONLY);
        transmitLevel = additional.register(4, "TFL", 8, 0x00, READ_ONLY);

        indexed = new RegisterBank(name + " ICR", base, 0x14, Reach.BYTES, findings);
        var control = indexed.register(0x00, "ACR", 8, 0x00);
        receiveDisable = control.bit(0, "rx_disable", READ_WRITE);
        transmitDisable = control.bit(1, "tx_disable", READ_WRITE);
        control.bit(2, "dsr_flow", UNMODELLED);
        control.field(4, 3, "dtr_mode", UNMODELLED);
        levelTriggers = control.bit(5, "trigger_levels", READ_WRITE);
        indexedRead = control.bit(6, "icr_read", READ_WRITE);
        additionalRead = control.bit(7, "additional_status", READ_WRITE);
        var clock = indexed.register(0x01, "CPR", 8, 0x00);
        clock.field(2, 0, "eighths", UNMODELLED);
        prescaler = clock.field(7, 3, "prescaler", READ_WRITE);
        samples = indexed.register(0x02, "TCR", 8, 0x00).field(3, 0, "samples", READ_WRITE);
        var clockSelect = indexed.register(0x03, "CKS", 8, 0x00, UNMODELLED);
        transmitLevelTrigger = indexed.register(0x04, "TTL", 8, 0x00).field(6, 0, "level", READ_WRITE);
        receiveLevelTrigger = indexed.register(0x05, "RTL", 8, 0x00).field(6, 0, "level", READ_WRITE);
        flowLow = indexed.register(0x06, "FCL", 8, 0x00).field(6, 0, "level", READ_WRITE);
        flowHigh = indexed.register(0x07, "FCH", 8, 0x00).field(6, 0, "level", READ_WRITE);
        for (int id = 0; id < 4; id++) {
            indexed.register(0x08 + id, List.of("ID1", "ID2", "ID3", "REV").get(id), 8, 0x00, READ_WRITE);
        }
        softReset = indexed.register(0x0C, "CSR", 8, 0x00, WRITE_ONLY);
        var nine = indexed.register(0x0D, "NMR", 8, 0x00);
        nineBit = nine.bit(0, "nine_bit", READ_WRITE);
        addressInterrupt = nine.bit(1, "address_irq", READ_WRITE);
        specialNinth = nine.field(5, 2, "special_ninth", READ_WRITE);
        deltaMask = indexed.register(0x0E, "MDM", 8, 0x00).field(3, 0, "deltas_masked", READ_WRITE);
        fifoControlView = indexed.register(0x0F, "RFC", 8, 0x00, READ_ONLY);
        goodData = indexed.register(0x10, "GDS", 8, 0x00);
        goodData.bit(0, "good_data", READ_ONLY);
        indexed.register(0x12, "PIDX", 8, 0x00, READ_ONLY);
        var clockOutput = indexed.register(0x13, "CKA", 8, 0x00, UNMODELLED);
        clocks = List.of(clockSelect, clockOutput);
    }

    List<RegisterBank> all() {
        return List.of(normal, divisor, enhanced, additional, indexed);
    }

    /** All but what {@link #clocks} holds. */
    void softReset() {
        int[] kept = clocks.stream().mapToInt(Register::value).toArray();
        all().forEach(RegisterBank::reset);
        for (int i = 0; i < kept.length; i++) {
            clocks.get(i).value(kept[i]);
        }
    }
}
