package dev.ft900.board.ft900;

import dev.ft900.board.peripheral.Revision;
import java.util.OptionalInt;

/** The I/O map of sheet 2.2, in its order; interrupt inputs from 3.3, clock bits from 4.1.1. */
enum Slot {
    SYS(0x10000, 0x1C),
    GPIO(0x1001C, 0x8C, 18),
    PHY(0x100A8, 0x08),
    ADC_DAC(0x100B0, 0x0C, 20),
    SYS_RST(0x100BC, 0x04, Only.C),
    IRQ(0x100C0, 0x24),
    USB_HOST(0x10100, 0x80, 1, 15),
    USB_HOST_RAM(0x11000, 0x2000),
    USB_DEVICE(0x10180, 0xA0, 2, 14),
    ETHERNET(0x10220, 0x20, 3, 13),
    CAN0(0x10240, 0x20, 5, 11),
    CAN1(0x10260, 0x20, 6, 10),
    RTC_B(0x10280, 0x20, 19, Only.B),
    SPIM(0x102A0, 0x20, 8, 7),
    SPIS0(0x102C0, 0x20, 9, 6),
    SPIS1(0x102E0, 0x20, 10, 5),
    I2CM(0x10300, 0x10, 11, 9),
    I2CS(0x10310, 0x10, 12, 8),
    UART0(0x10320, 0x10, 13, 4),
    UART1(0x10330, 0x10, 14, 3),
    TIMER(0x10340, 0x10, 17),
    I2S(0x10350, 0x10, 15, 1),
    CAMERA(0x10360, 0x10, 7, 0),
    PWM(0x103C0, 0x40, 16, 2),
    SD(0x10400, 0x104, 4, 12),
    FLASH(0x10800, 0xC0),
    RTC_C(0x10900, 0x2C, 19, Only.C),
    SPIM_2(0x10940, 0x20, Only.C),
    SPIS0_2(0x10960, 0x20, Only.C),
    SPIS1_2(0x10980, 0x20, Only.C),
    USB_DEVICE_HBW(0x10A1C, 0x04, Only.C),
    PM(0x1FC80, 0x0C),
    END(0x1FFFC, 0x04);

    private enum Only {
        B,
        C,
        NEITHER
    }

    private static final int NONE = -1;

    private final int base;
    private final int length;
    private final int interrupt;
    private final int clock;
    private final Only only;

    Slot(int base, int length, int interrupt, int clock, Only only) {
        this.base = base;
        this.length = length;
        this.interrupt = interrupt;
        this.clock = clock;
        this.only = only;
    }

    Slot(int base, int length, int interrupt, int clock) {
        this(base, length, interrupt, clock, Only.NEITHER);
    }

    Slot(int base, int length, int interrupt, Only only) {
        this(base, length, interrupt, NONE, only);
    }

    Slot(int base, int length, int interrupt) {
        this(base, length, interrupt, NONE, Only.NEITHER);
    }

    Slot(int base, int length, Only only) {
        this(base, length, NONE, NONE, only);
    }

    Slot(int base, int length) {
        this(base, length, NONE, NONE, Only.NEITHER);
    }

    /** The first address on the data bus. */
    int base() {
        return base;
    }

    /** In bytes. */
    int length() {
        return length;
    }

    /** The input of the interrupt controller. */
    int interrupt() {
        if (interrupt == NONE) {
            throw new IllegalStateException(this + " has no interrupt");
        }
        return interrupt;
    }

    /** The bit of CLKCFG, if its clock can be switched. */
    OptionalInt clock() {
        return clock == NONE ? OptionalInt.empty() : OptionalInt.of(clock);
    }

    /** Whether a revision of the chip has it. */
    boolean isOn(Revision revision) {
        return only == Only.NEITHER || only == (revision == Revision.B ? Only.B : Only.C);
    }
}
