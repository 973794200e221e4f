package dev.ft900.board.peripheral.stub;

import static dev.ft900.board.register.Access.PULSE;
import static dev.ft900.board.register.Access.READ_ONLY;
import static dev.ft900.board.register.Access.UNMODELLED;

import dev.ft900.board.bus.Findings;
import dev.ft900.board.peripheral.Peripheral;
import dev.ft900.board.register.Access;
import dev.ft900.board.register.Reach;
import dev.ft900.board.register.RegisterBank;
import java.util.function.IntConsumer;

/** The tables of sheet 4.7. */
public final class SurvivalBlocks {
    private final Findings findings;

    /** Makes blocks that report to {@code findings}. */
    public SurvivalBlocks(Findings findings) {
        this.findings = findings;
    }

    private RegisterBank bank(String name, int base, int size, Reach reach) {
        return new RegisterBank(name, base, size, reach, findings);
    }

    /** Registers of one width in a row, named NAME0, NAME1 …, that read back. */
    private static void row(RegisterBank bank, String name, int offset, int width, int count) {
        for (int i = 0; i < count; i++) {
            bank.register(offset + i * width / 8, name + i, width, 0, UNMODELLED);
        }
    }

    /** The SPI master or one of the slaves: nothing attached, every transfer done at once. */
    public Peripheral spi(String name, int base) {
        var bank = bank(name, base, 0x20, Reach.WORDS);
        bank.register(0x00, "CNTL", 32, 0x04, UNMODELLED);
        var status = bank.register(0x04, "STATUS", 32, 0x04, READ_ONLY);
        var data = bank.register(0x08, "DATA", 32, 0xFF, UNMODELLED);
        data.onWrite(() -> {
            data.value(0xFF);
            status.value(status.value() | 0x80);
        });
        bank.register(0x0C, "SLV_SEL", 32, 0xFF, UNMODELLED);
        var fifo = bank.register(0x10, "FIFO_CNTL", 32, 0);
        fifo.bit(0, "enable", UNMODELLED);
        fifo.field(2, 1, "resets", PULSE);
        fifo.field(7, 3, "mode", UNMODELLED);
        bank.register(0x14, "FORMAT", 32, 0, UNMODELLED);
        bank.register(0x18, "ALT_DATA", 32, 0, UNMODELLED);
        bank.register(0x1C, "RX_COUNT", 32, 0, READ_ONLY);
        return new SurvivalBlock(bank);
    }

    /** What revision C adds to an SPI block. */
    public Peripheral spiMore(String name, int base) {
        var bank = bank(name, base, 0x20, Reach.WORDS);
        bank.register(0x00, "CNTL_2", 32, 0, UNMODELLED);
        bank.register(0x10, "STATUS_2", 32, 0, UNMODELLED);
        bank.register(0x14, "FIFO_CNTL_2", 32, 0, UNMODELLED);
        bank.register(0x18, "TX_COUNT", 32, 0, READ_ONLY);
        bank.register(0x1C, "BAUD", 32, 0, UNMODELLED);
        return new SurvivalBlock(bank);
    }

    /** The I2C slave: nobody ever addresses it. */
    public Peripheral i2cSlave(int base) {
        var bank = bank("I2CS", base, 0x10, Reach.BYTES);
        bank.register(0x0, "I2CS_OWN", 8, 0, UNMODELLED);
        bank.register(0x1, "I2CS_CONTROL", 8, 0, UNMODELLED);
        bank.register(0x2, "I2CS_DATA", 8, 0, UNMODELLED);
        row(bank, "I2CS_FIFO", 0x4, 8, 5);
        return new SurvivalBlock(bank);
    }

    /** A CAN controller: the transmit buffer is always free, nothing arrives. */
    public Peripheral can(String name, int base) {
        var bank = bank(name, base, 0x20, Reach.BYTES);
        bank.register(0x00, "MODE", 8, 0x04, UNMODELLED);
        bank.register(0x01, "CMD", 8, 0, UNMODELLED);
        bank.register(0x02, "STATUS", 8, 0x20, READ_ONLY);
        bank.register(0x03, "INT_STATUS", 8, 0, READ_ONLY);
        bank.register(0x04, "INT_ENABLE", 8, 0, UNMODELLED);
        bank.register(0x05, "RX_MSG", 8, 0, READ_ONLY);
        row(bank, "TIMING", 0x06, 8, 2);
        row(bank, "TX_BUF", 0x08, 8, 4);
        row(bank, "RX_BUF", 0x0C, 8, 4);
        row(bank, "FILTER", 0x10, 8, 8);
        row(bank, "ERROR", 0x18, 8, 4);
        return new SurvivalBlock(bank);
    }

    /** The SD host: no card. */
    public Peripheral sdHost(int base) {
        var bank = bank("SD", base, 0x104, Reach.WORDS);
        row(bank, "SD_REG", 0x00, 32, 9);
        bank.register(0x24, "SD_PRESENT", 32, 0x0002_0000, READ_ONLY);
        bank.register(0x28, "SD_CONTROL", 32, 0, UNMODELLED);
        var clock = bank.register(0x2C, "SD_CLOCK_RESET", 32, 0);
        var enable = clock.bit(0, "clock_enable", UNMODELLED);
        var stable = clock.bit(1, "clock_stable", READ_ONLY);
        clock.field(23, 2, "clock", UNMODELLED);
        clock.field(26, 24, "resets", PULSE);
        clock.onWrite(() -> stable.set(enable.isSet()));
        row(bank, "SD_INT", 0x30, 32, 4);
        bank.register(0x40, "SD_CAP0", 32, 0x016A_0080, READ_ONLY);
        bank.register(0x44, "SD_CAP1", 32, 0x0000_0F75, READ_ONLY);
        row(bank, "SD_MORE", 0x48, 32, 45);
        bank.register(0xFC, "SD_VERSION", 32, 0x0002_0000, READ_ONLY);
        bank.register(0x100, "SD_VENDOR", 32, 0x0000_0001, UNMODELLED);
        return new SurvivalBlock(bank);
    }

    /** PWM: drives no pad. */
    public Peripheral pwm(int base) {
        var bank = bank("PWM", base, 0x40, Reach.ANY);
        row(bank, "PWM_CTRL", 0x00, 8, 2);
        bank.register(0x02, "PWM_PRESCALER", 8, 0, UNMODELLED);
        row(bank, "PWM_CNT", 0x03, 8, 2);
        row(bank, "PWM_CMP", 0x05, 8, 16);
        row(bank, "PWM_TOGGLE", 0x15, 8, 8);
        bank.register(0x1D, "PWM_CLR_EN", 8, 0, UNMODELLED);
        bank.register(0x1E, "PWM_BLK_CMP8", 8, 0, UNMODELLED);
        bank.register(0x1F, "PWM_INIT", 8, 0, UNMODELLED);
        bank.register(0x20, "PWM_INTMASK", 8, 0, UNMODELLED);
        bank.register(0x21, "PWM_INTSTATUS", 8, 0, READ_ONLY);
        bank.register(0x22, "PWM_FREQ_L", 8, 0x56, UNMODELLED);
        bank.register(0x23, "PWM_FREQ_H", 8, 0x22, UNMODELLED);
        bank.register(0x24, "PWM_VOL", 8, 0, UNMODELLED);
        bank.register(0x3C, "PWM_FIFO", 16, 0, UNMODELLED);
        return new SurvivalBlock(bank);
    }

    /** I2S: no codec. */
    public Peripheral i2s(int base) {
        var bank = bank("I2S", base, 0x10, Reach.HALVES);
        bank.register(0x0, "I2S_CR", 16, 0, UNMODELLED);
        bank.register(0x2, "I2S_CR2", 16, 0, UNMODELLED);
        bank.register(0x4, "I2S_IRQ_EN", 16, 0, UNMODELLED);
        bank.register(0x6, "I2S_IRQ_PEND", 16, 0, UNMODELLED);
        bank.register(0x8, "I2S_DATA", 16, 0, UNMODELLED);
        bank.register(0xC, "I2S_RX_COUNT", 16, 0, READ_ONLY);
        bank.register(0xE, "I2S_TX_COUNT", 16, 0, READ_ONLY);
        return new SurvivalBlock(bank);
    }

    /** The camera interface: no camera. */
    public Peripheral camera(int base) {
        var bank = bank("CAMERA", base, 0x10, Reach.WORDS);
        row(bank, "CAM_REG", 0x0, 32, 4);
        return new SurvivalBlock(bank);
    }

    /** The USB host, at EHCI's usual offsets: no device ever connects. */
    public Peripheral usbHost(int base) {
        var bank = bank("USB_HOST", base, 0x80, Reach.ANY);
        row(bank, "HC_CAP", 0x00, 32, 4);
        var command = bank.register(0x10, "HC_USBCMD", 32, 0);
        var run = command.bit(0, "run", UNMODELLED);
        command.bit(1, "reset", PULSE);
        command.field(3, 2, "frame_list", UNMODELLED);
        var schedules = command.field(5, 4, "schedules", UNMODELLED);
        command.field(31, 6, "other", UNMODELLED);
        var status = bank.register(0x14, "HC_USBSTS", 32, 0x1000);
        status.field(11, 0, "events", UNMODELLED);
        var halted = status.bit(12, "halted", READ_ONLY);
        status.bit(13, "reclamation", READ_ONLY);
        var running = status.field(15, 14, "schedules", READ_ONLY);
        command.onWrite(() -> {
            halted.set(!run.isSet());
            running.value(schedules.value());
        });
        row(bank, "HC_REG", 0x18, 32, 6);
        bank.register(0x30, "HC_PORTSC", 32, 0, READ_ONLY);
        row(bank, "HC_MORE", 0x34, 32, 19);
        return new SurvivalBlock(bank);
    }

    /** The USB device: no host ever resets or asks it. */
    public Peripheral usbDevice(int base) {
        var bank = bank("USB_DEVICE", base, 0xA0, Reach.ANY);
        row(bank, "DC_REG", 0, 8, 0xA0);
        return new SurvivalBlock(bank);
    }

    /** The USB device's high-bandwidth register of revision C. */
    public Peripheral usbHighBandwidth(int base) {
        var bank = bank("USB_DEVICE_HBW", base, 4, Reach.WORDS);
        bank.register(0, "DC_HBW", 32, 0, UNMODELLED);
        return new SurvivalBlock(bank);
    }

    /**
     * The register at the end of a program.
     *
     * @param before run first, to let what is under way come to its end
     * @param exit gets what was written
     */
    public Peripheral programEnd(int base, Runnable before, IntConsumer exit) {
        var bank = bank("END", base, 4, Reach.WORDS);
        var code = bank.register(0, "EXIT_CODE", 32, 0, Access.WRITE_ONLY);
        code.onWrite(() -> {
            before.run();
            exit.accept(code.value());
        });
        return new SurvivalBlock(bank);
    }
}
