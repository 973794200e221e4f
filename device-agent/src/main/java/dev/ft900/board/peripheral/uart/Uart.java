package dev.ft900.board.peripheral.uart;

import dev.ft900.board.bus.Finding.Kind;
import dev.ft900.board.bus.Findings;
import dev.ft900.board.bus.IoDevice;
import dev.ft900.board.clock.SimClock;
import dev.ft900.board.control.ResetCause;
import dev.ft900.board.irq.InterruptLine;
import dev.ft900.board.peripheral.Peripheral;
import dev.ft900.board.peripheral.Revision;
import dev.ft900.board.register.RegisterBank;
import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A UART; sheet 4.3. Not modelled: sleep, break, IrDA, in-band flow control, DMA, external clocks; parity is sent and never checked. The
 * line is ideal: what one end sends, the other gets, at this end's baud rate. Characters under way at a reset other than a loss of
 * power still reach the peer, at once.
 */
public final class Uart implements Peripheral {
    private static final int CTS = 0x10;
    private static final int DELTA_CTS = 0x01;

    private final UartRegisters registers;
    private final UartTiming timing;
    private final FifoMode mode;
    private final Transmitter transmitter;
    private final Receiver receiver;
    private final UartInterrupts interrupts;
    private final UartAddressing addressing;
    private final Revision revision;
    private final InterruptLine interrupt;
    private final BooleanSupplier interruptSelect;
    private final BooleanSupplier fifoSelect;
    private SerialPeer peer = SerialPeer.NONE;
    private boolean clearToSend = true;

    /**
     * Makes a UART.
     *
     * @param fifoSelect FIFOSEL of MSC0CFG
     * @param interruptSelect INTSEL of MSC0CFG
     */
    public Uart(
            String name,
            int base,
            Revision revision,
            SimClock clock,
            InterruptLine interrupt,
            BooleanSupplier fifoSelect,
            BooleanSupplier interruptSelect,
            Findings findings) {
        this.revision = revision;
        this.interrupt = interrupt;
        this.interruptSelect = interruptSelect;
        this.fifoSelect = fifoSelect;
        registers = new UartRegisters(name, base, findings);
        timing = new UartTiming(registers);
        mode = new FifoMode(registers, fifoSelect);
        transmitter = new Transmitter(name, timing, mode, clock, this::mayStart, this::sent, this::transmitterChanged);
        receiver = new Receiver(name, timing, mode, clock, this::showInterrupt);
        interrupts = new UartInterrupts(registers, receiver);
        addressing = new UartAddressing(registers);
        connectRegisters();
    }

    private void connectRegisters() {
        registers
                .receive
                .reads(() -> receiver.isEmpty() ? 0 : receiver.read() & 0xFF)
                .onRead(this::showInterrupt);
        registers.transmit.onWrite(this::characterWritten);
        registers.interruptEnable.onWrite(this::interruptEnableWritten);
        registers.interruptStatus.reads(interrupts::code).onRead(() -> {
            interrupts.read(interrupts.code());
            showInterrupt();
        });
        registers.fifoControl.onWrite(this::fifoControlWritten);
        registers.lineControl.onWrite(addressing::lineControlWritten);
        registers.modemControl.onWrite(this::modemControlWritten);
        registers.lineStatus.reads(this::lineStatus).onRead(this::showInterrupt).steady();
        registers.modemStatus.onRead(this::showInterrupt).steady();
        registers.divisorLow.onWrite(transmitter::start);
        registers.divisorHigh.onWrite(transmitter::start);
        registers.enhancedFeatures.onWrite(this::transmitterChanged);
        registers.additionalStatus.reads(this::additionalStatus);
        registers.receiveLevel.reads(receiver::level).steady();
        registers.transmitLevel.reads(transmitter::level).steady();
        registers.softReset.onWrite(() -> {
            if (registers.softReset.value() == 0) {
                softReset();
            }
        });
        registers.fifoControlView.reads(registers.fifoControl::value);
        registers.goodData.reads(() -> receiver.isEmpty() ? 0 : 1);
    }

    /** Puts something at the other end of the transmit line. */
    public void connect(SerialPeer newPeer) {
        peer = newPeer;
    }

    /** A character has come in on the receive line; the ninth bit is bit 8. Takes no time: {@link SerialFeed} paces. */
    public void receive(int character) {
        if (!registers.loopback.isSet()) {
            arrived(character);
        }
    }

    /** Cycles that a character takes on the line; 0 while the baud rate is not set. */
    public long characterCycles() {
        return timing.characterCycles();
    }

    /** Whether automatic flow control (RTS) asks the other end to wait. */
    public boolean holdsOff() {
        boolean automatic = registers.enhancedMode.isSet() ? registers.autoRts.isSet() : registers.autoFlow.isSet();
        return automatic && (!registers.rts.isSet() || receiver.holdsOff());
    }

    /** Drives the CTS input. An unwired one is asserted. */
    public void clearToSend(boolean asserted) {
        if (asserted != clearToSend) {
            clearToSend = asserted;
            modemInputsChanged();
        }
    }

    /** Hands all characters that wait to the peer at once: for the end of a program. */
    public void flush() {
        transmitter.flush();
    }

    /** The switches in MSC0CFG have changed. */
    public void levelsChanged() {
        showInterrupt();
    }

    private void arrived(int character) {
        if (registers.receiveDisable.isSet() || timing.bitCycles() == 0) {
            return;
        }
        int bits = character & timing.characterMask();
        boolean addressed = registers.nineBit.isSet() && registers.addressInterrupt.isSet();
        if (receiver.arrive(bits, addressed)) {
            if (addressing.isSpecial(bits, revision)) {
                interrupts.special();
            }
        } else {
            registers.overrun.set();
        }
        showInterrupt();
    }

    private boolean mayStart() {
        boolean automatic = registers.enhancedMode.isSet() ? registers.autoCts.isSet() : registers.autoFlow.isSet();
        return !registers.transmitDisable.isSet() && (!automatic || isCtsAsserted());
    }

    private boolean isCtsAsserted() {
        return registers.loopback.isSet() ? registers.rts.isSet() : clearToSend;
    }

    private void sent(int character) {
        int bits = character & timing.characterMask();
        if (registers.loopback.isSet()) {
            arrived(bits);
        } else {
            peer.transmitted(bits);
        }
    }

    private void characterWritten() {
        int ninth = registers.nineBit.isSet() ? (registers.scratch.value() & 1) << 8 : 0;
        interrupts.sendDone();
        if (!transmitter.write(registers.transmit.value() | ninth)) {
            registers.normal.report(Kind.GUEST_ERROR, 0, "writes THR without room; the character is lost");
        }
        transmitterChanged();
    }

    private void transmitterChanged() {
        transmitter.start();
        if (transmitter.asksAnew()) {
            interrupts.send();
        }
        showInterrupt();
    }

    private void interruptEnableWritten(int before) {
        boolean rises = (~before & registers.transmitEnable.mask()) != 0 && registers.transmitEnable.isSet();
        if (rises && transmitter.wantsMore()) {
            interrupts.send();
        }
        showInterrupt();
    }

    private void fifoControlWritten(int before) {
        addressing.fifoControlWritten(before);
        boolean switched = ((before ^ registers.fifoControl.value()) & registers.fifoEnable.mask()) != 0;
        if (registers.clearReceive.isSet() || switched) {
            receiver.clear();
        }
        if (registers.clearTransmit.isSet() || switched) {
            transmitter.clear();
        }
        registers.clearReceive.clear();
        registers.clearTransmit.clear();
        showInterrupt();
    }

    private void modemControlWritten() {
        modemInputsChanged();
        transmitterChanged();
    }

    private void modemInputsChanged() {
        int levels = registers.loopback.isSet() ? loopedOutputs() : 0xA0 | (clearToSend ? CTS : 0);
        int before = registers.modemStatus.value();
        int changed = (before ^ levels) >> 4 & 0x0F;
        // TERI tells only of RI going inactive.
        changed &= (before & 0x40) == 0 ? ~0x04 : ~0;
        registers.modemStatus.value(levels | before & 0x0F | changed);
        if ((changed & DELTA_CTS) != 0) {
            interrupts.flow();
        }
        transmitter.start();
        showInterrupt();
    }

    private int loopedOutputs() {
        return (registers.rts.isSet() ? CTS : 0)
                | (registers.dtr.isSet() ? 0x20 : 0)
                | (registers.out1.isSet() ? 0x40 : 0)
                | (registers.out2.isSet() ? 0x80 : 0);
    }

    private int lineStatus() {
        int live = (receiver.isEmpty() ? 0 : 0x01)
                | (receiver.isTopNinth() ? 0x04 : 0)
                | (transmitter.isEmpty() ? 0x20 : 0)
                | (transmitter.isIdle() ? 0x40 : 0);
        return registers.lineStatus.value() & 0x9A | live;
    }

    private int additionalStatus() {
        return (holdsOff() ? 0x04 : 0)
                | (fifoSelect.getAsBoolean() ? 0x20 : 0)
                | (mode.depth() == 128 ? 0 : 0x40)
                | (transmitter.isIdle() ? 0x80 : 0)
                | registers.additionalStatus.value() & 0x03;
    }

    private void showInterrupt() {
        boolean connected = interruptSelect.getAsBoolean() || registers.out2.isSet();
        interrupt.set(connected && interrupts.code() != UartInterrupts.NONE);
    }

    private void softReset() {
        registers.softReset();
        forget();
    }

    private void forget() {
        addressing.reset();
        transmitter.stop();
        receiver.clear();
        interrupts.clear();
        modemInputsChanged();
        registers.modemStatus.value(registers.modemStatus.value() & 0xF0);
        showInterrupt();
    }

    @Override
    public IoDevice device() {
        return addressing;
    }

    @Override
    public List<RegisterBank> tables() {
        return registers.all();
    }

    @Override
    public void reset(ResetCause cause) {
        if (cause != ResetCause.POWER_ON) {
            transmitter.flush();
        }
        registers.all().forEach(RegisterBank::reset);
        forget();
    }

    @Override
    public void save(StateWriter out) {
        registers.all().forEach(bank -> bank.save(out));
        addressing.save(out);
        transmitter.save(out);
        receiver.save(out);
        interrupts.save(out);
        out.putBoolean(clearToSend);
    }

    @Override
    public void restore(StateReader in) {
        registers.all().forEach(bank -> bank.restore(in));
        addressing.restore(in);
        transmitter.restore(in);
        receiver.restore(in);
        interrupts.restore(in);
        clearToSend = in.getBoolean();
    }
}
