package dev.ft900.board.ft900;

import dev.ft900.board.control.MachineControl;
import dev.ft900.board.control.ResetCause;
import dev.ft900.board.irq.InterruptLine;
import dev.ft900.board.irq.Interrupts;
import dev.ft900.board.machine.Devices;
import dev.ft900.board.machine.Parts;
import dev.ft900.board.peripheral.Peripheral;
import dev.ft900.board.peripheral.Revision;
import dev.ft900.board.peripheral.ethernet.Ethernet;
import dev.ft900.board.peripheral.ethernet.Phy;
import dev.ft900.board.peripheral.flash.FlashController;
import dev.ft900.board.peripheral.flash.ProgramPort;
import dev.ft900.board.peripheral.gpio.Gpio;
import dev.ft900.board.peripheral.i2c.I2cDevice;
import dev.ft900.board.peripheral.i2c.I2cMaster;
import dev.ft900.board.peripheral.i2c.MacEeprom;
import dev.ft900.board.peripheral.irq.InterruptController;
import dev.ft900.board.peripheral.rtc.RealTimeClock;
import dev.ft900.board.peripheral.rtc.RtcB;
import dev.ft900.board.peripheral.rtc.RtcC;
import dev.ft900.board.peripheral.stub.Converters;
import dev.ft900.board.peripheral.stub.SurvivalBlocks;
import dev.ft900.board.peripheral.stub.UsbHostRam;
import dev.ft900.board.peripheral.sys.ResetRegister;
import dev.ft900.board.peripheral.sys.SystemControl;
import dev.ft900.board.peripheral.sys.SystemSwitches;
import dev.ft900.board.peripheral.timer.Timers;
import dev.ft900.board.peripheral.uart.SerialFeed;
import dev.ft900.board.peripheral.uart.Uart;
import dev.ft900.board.register.RegisterBank;
import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The peripherals of an FT900 and what is around them on the board, wired after {@link Slot}. */
public final class Ft900Devices implements Devices {
    private static final int UARTS = 2;
    private static final int POWER_INPUT = 0;
    private static final int SLOW_TIMER_INPUT = 22;
    private static final int DAC_INPUT = 21;
    /** What PERI_SOFTRESET leaves alone: clocks and switches, pads, priorities, and what has a reset of its own. */
    private static final List<Slot> KEPT_BY_SOFT_RESET = List.of(
            Slot.SYS,
            Slot.GPIO,
            Slot.PHY,
            Slot.SYS_RST,
            Slot.IRQ,
            Slot.USB_HOST_RAM,
            Slot.RTC_B,
            Slot.TIMER,
            Slot.FLASH,
            Slot.RTC_C,
            Slot.PM,
            Slot.END);

    private final Revision revision;
    private final Map<Slot, Peripheral> slots = new EnumMap<>(Slot.class);
    private final InterruptController interrupts;
    private final SystemControl system;
    private final Gpio gpio;
    private final Phy phy;
    private final Ethernet ethernet;
    private final RealTimeClock rtc;
    private final Uart[] uarts = new Uart[UARTS];
    private final SerialFeed[] feeds = new SerialFeed[UARTS];
    private final FlashController flash;
    private final MacEeprom eeprom;

    Ft900Devices(Revision revision, MacAddress mac, Parts parts) {
        this.revision = revision;
        var findings = parts.findings();
        var clock = parts.clock();
        var machine = parts.control();
        interrupts = put(Slot.IRQ, new InterruptController(Slot.IRQ.base(), parts.attention(), findings));
        system = put(
                Slot.SYS,
                new SystemControl(
                        Slot.SYS.base(),
                        revision,
                        clock,
                        interrupts.input(POWER_INPUT),
                        interrupts.input(SLOW_TIMER_INPUT),
                        machine,
                        new Switches(),
                        findings));
        gpio = put(Slot.GPIO, new Gpio(Slot.GPIO.base(), line(Slot.GPIO), system::padActivity, findings));
        phy = put(Slot.PHY, new Phy(Slot.PHY.base(), revision, findings));
        ethernet = put(Slot.ETHERNET, new Ethernet(Slot.ETHERNET.base(), clock, phy, line(Slot.ETHERNET), findings));
        rtc = revision == Revision.B
                ? put(Slot.RTC_B, new RtcB(Slot.RTC_B.base(), clock, line(Slot.RTC_B), findings))
                : put(Slot.RTC_C, new RtcC(Slot.RTC_C.base(), clock, line(Slot.RTC_C), system::rtcAlarm, findings));
        eeprom = new MacEeprom(mac.octets());
        put(Slot.I2CM, new I2cMaster(Slot.I2CM.base(), clock, this::i2cBus, findings));
        for (int i = 0; i < UARTS; i++) {
            int number = i;
            var slot = number == 0 ? Slot.UART0 : Slot.UART1;
            uarts[i] = put(
                    slot,
                    new Uart(
                            slot.name(),
                            slot.base(),
                            revision,
                            clock,
                            line(slot),
                            () -> system.isUartFifoSelected(number),
                            () -> system.isUartInterruptSelected(number),
                            findings));
            feeds[i] = new SerialFeed(slot.name() + " feed", uarts[i], clock);
        }
        put(
                Slot.TIMER,
                new Timers(
                        Slot.TIMER.base(),
                        revision,
                        clock,
                        line(Slot.TIMER),
                        interrupts.watchdogInput(),
                        machine,
                        findings));
        flash = put(
                Slot.FLASH,
                new FlashController(
                        Slot.FLASH.base(),
                        clock,
                        parts.flash(),
                        parts.ram(),
                        parts.program(),
                        new FlashResets(machine),
                        findings));
        put(Slot.PM, new ProgramPort(Slot.PM.base(), parts.program(), findings));
        putTheRest(parts);
        slots.forEach((slot, peripheral) -> parts.io()
                .map(slot.name(), slot.base(), slot.length(), Clocked.device(slot, peripheral, system, findings)));
    }

    private void putTheRest(Parts parts) {
        var findings = parts.findings();
        var survival = new SurvivalBlocks(findings);
        put(
                Slot.ADC_DAC,
                new Converters(Slot.ADC_DAC.base(), line(Slot.ADC_DAC), interrupts.input(DAC_INPUT), findings));
        put(Slot.USB_HOST, survival.usbHost(Slot.USB_HOST.base()));
        put(Slot.USB_HOST_RAM, new UsbHostRam());
        put(Slot.USB_DEVICE, survival.usbDevice(Slot.USB_DEVICE.base()));
        put(Slot.CAN0, survival.can("CAN0", Slot.CAN0.base()));
        put(Slot.CAN1, survival.can("CAN1", Slot.CAN1.base()));
        put(Slot.SPIM, survival.spi("SPIM", Slot.SPIM.base()));
        put(Slot.SPIS0, survival.spi("SPIS0", Slot.SPIS0.base()));
        put(Slot.SPIS1, survival.spi("SPIS1", Slot.SPIS1.base()));
        put(Slot.I2CS, survival.i2cSlave(Slot.I2CS.base()));
        put(Slot.I2S, survival.i2s(Slot.I2S.base()));
        put(Slot.CAMERA, survival.camera(Slot.CAMERA.base()));
        put(Slot.PWM, survival.pwm(Slot.PWM.base()));
        put(Slot.SD, survival.sdHost(Slot.SD.base()));
        put(Slot.END, survival.programEnd(Slot.END.base(), this::end, parts.control()::exit));
        if (revision == Revision.C) {
            put(Slot.SYS_RST, new ResetRegister(Slot.SYS_RST.base(), parts.control(), findings));
            put(Slot.SPIM_2, survival.spiMore("SPIM_2", Slot.SPIM_2.base()));
            put(Slot.SPIS0_2, survival.spiMore("SPIS0_2", Slot.SPIS0_2.base()));
            put(Slot.SPIS1_2, survival.spiMore("SPIS1_2", Slot.SPIS1_2.base()));
            put(Slot.USB_DEVICE_HBW, survival.usbHighBandwidth(Slot.USB_DEVICE_HBW.base()));
        }
    }

    private <P extends Peripheral> P put(Slot slot, P peripheral) {
        if (!slot.isOn(revision)) {
            throw new IllegalStateException("revision " + revision + " has no " + slot);
        }
        slots.put(slot, peripheral);
        return peripheral;
    }

    private InterruptLine line(Slot slot) {
        return interrupts.input(slot.interrupt());
    }

    /** The EEPROM is on pads 46/47, which the master reaches with I2C_SWOP; nothing is on pads 44/45. */
    private List<I2cDevice> i2cBus() {
        return system.isI2cSwapped() ? List.of(eeprom) : List.of();
    }

    /** The revision of the chip. */
    public Revision revision() {
        return revision;
    }

    /** Pads. */
    public Gpio gpio() {
        return gpio;
    }

    /** UART 0 or 1; {@link Uart#connect} puts something at its transmit line. */
    public Uart uart(int number) {
        return uarts[number];
    }

    /** What is typed into UART 0 or 1, at its baud rate. */
    public SerialFeed feed(int number) {
        return feeds[number];
    }

    /** The clock of this revision. */
    public RealTimeClock rtc() {
        return rtc;
    }

    /** The MAC: frames in and out. */
    public Ethernet ethernet() {
        return ethernet;
    }

    /** The PHY: the cable plugged in or not. */
    public Phy phy() {
        return phy;
    }

    /** The flash controller. */
    public FlashController flashController() {
        return flash;
    }

    /** All register tables in the order of the memory map. */
    public List<RegisterBank> tables() {
        return slots.values().stream()
                .flatMap(peripheral -> peripheral.tables().stream())
                .toList();
    }

    @Override
    public Interrupts interrupts() {
        return interrupts;
    }

    @Override
    public void reset(ResetCause cause) {
        slots.values().forEach(peripheral -> peripheral.reset(cause));
    }

    @Override
    public void save(StateWriter out) {
        slots.forEach((slot, peripheral) -> out.putPart(slot.name(), peripheral));
        for (var feed : feeds) {
            out.putPart("feed", feed);
        }
        out.putPart("eeprom", eeprom);
    }

    @Override
    public void restore(StateReader in) {
        slots.forEach((slot, peripheral) -> in.getPart(slot.name(), peripheral));
        for (var feed : feeds) {
            in.getPart("feed", feed);
        }
        in.getPart("eeprom", eeprom);
    }

    private void end() {
        for (var uart : uarts) {
            uart.flush();
        }
    }

    /** A reset of the CPU alone takes it out of its interrupt handlers. */
    private final class FlashResets implements MachineControl {
        private final MachineControl machine;

        FlashResets(MachineControl machine) {
            this.machine = machine;
        }

        @Override
        public void reset(ResetCause cause) {
            if (cause == ResetCause.CPU_ONLY) {
                interrupts.forgetService();
            }
            machine.reset(cause);
        }

        @Override
        public void exit(int code) {
            machine.exit(code);
        }

        @Override
        public void sleep() {
            machine.sleep();
        }

        @Override
        public void wake() {
            machine.wake();
        }
    }

    private final class Switches implements SystemSwitches {
        @Override
        public void resetPeripherals() {
            slots.forEach((slot, peripheral) -> {
                if (!KEPT_BY_SOFT_RESET.contains(slot)) {
                    peripheral.reset(ResetCause.SOFT);
                }
            });
        }

        @Override
        public void resetPhy() {
            phy.resetMii();
        }

        @Override
        public void levelsChanged() {
            for (var uart : uarts) {
                uart.levelsChanged();
            }
        }
    }
}
