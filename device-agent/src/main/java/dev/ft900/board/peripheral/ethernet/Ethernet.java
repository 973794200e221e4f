package dev.ft900.board.peripheral.ethernet;

import dev.ft900.board.bus.Finding.Kind;
import dev.ft900.board.bus.Findings;
import dev.ft900.board.clock.Alarm;
import dev.ft900.board.clock.SimClock;
import dev.ft900.board.control.ResetCause;
import dev.ft900.board.irq.InterruptLine;
import dev.ft900.board.peripheral.Peripheral;
import dev.ft900.board.register.RegisterBank;
import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import java.util.List;

/**
 * The Ethernet MAC; sheet 4.6. A frame is on the wire from TR_REQ on, 80 ns a byte, and is taken from the transmit memory at the end of that time. MII
 * transactions take no time. The threshold is not modelled, nor are collisions, bad frames and the speed of 10 Mb/s.
 */
public final class Ethernet implements Peripheral {
    private static final int TRANSMIT_WORDS = 512;
    private static final int HEADER = 14;
    private static final int LONGEST_DATA = 2032;
    private static final int SHORTEST_FRAME = 60;
    private static final int LONGEST_FRAME = 1518;
    private static final int PREAMBLE_AND_CRC = 12;
    private static final int CYCLES_PER_BYTE = 8;

    private final EthernetRegisters registers;
    private final Phy phy;
    private final InterruptLine interrupt;
    private final Alarm sent;
    private final ReceiveMemory receiveMemory = new ReceiveMemory();
    private final int[] transmitMemory = new int[TRANSMIT_WORDS];
    private int writePointer;
    private EthernetCable cable = EthernetCable.NONE;

    /** Makes the MAC. */
    public Ethernet(int base, SimClock clock, Phy phy, InterruptLine interrupt, Findings findings) {
        this.registers = new EthernetRegisters(base, findings);
        this.phy = phy;
        this.interrupt = interrupt;
        this.sent = clock.alarm("ethernet tx", this::frameLeft);
        registers
                .interruptStatus
                .reads(this::status)
                .onWrite(this::statusWritten)
                .steady();
        registers.interruptEnable.onWrite(this::showInterrupt);
        registers.receiveControl.onWrite(() -> {
            if (registers.resetFifo.isSet()) {
                receiveMemory.clear();
                showInterrupt();
            }
        });
        registers.received.reads(receiveMemory::read).onRead(this::showInterrupt);
        registers.toSend.onWrite(
                () -> transmitMemory[writePointer++ & (TRANSMIT_WORDS - 1)] = registers.toSend.value());
        registers.management.onWrite(this::manage);
        registers.packets.reads(receiveMemory::packets).steady();
        registers.request.onWrite(this::requested);
    }

    /** Puts something at the other end of the cable; the PHY's link is another matter. */
    public void connect(EthernetCable newCable) {
        cable = newCable;
    }

    /**
     * A frame has come in.
     *
     * @param frame from the destination address on, without CRC; short ones are padded
     * @return whether the board took it: not if the link is down, the receiver off, the frame for somebody else, of impossible
     *     length (14 … 1518 bytes), or the FIFO full
     */
    public boolean receive(byte[] frame) {
        if (frame.length < HEADER || frame.length > LONGEST_FRAME || !phy.isLinkUp()) {
            return false;
        }
        if (!registers.receiveEnable.isSet() || !isForUs(frame)) {
            return false;
        }
        boolean taken = receiveMemory.add(frame);
        if (!taken) {
            registers.overflow.set();
        }
        showInterrupt();
        return taken;
    }

    private boolean isForUs(byte[] frame) {
        boolean broadcast = true;
        boolean own = true;
        for (int octet = 0; octet < registers.address.length; octet++) {
            broadcast &= frame[octet] == (byte) 0xFF;
            own &= (frame[octet] & 0xFF) == registers.address[octet].value();
        }
        boolean multicast = (frame[0] & 1) != 0;
        return own || broadcast || registers.promiscuous.isSet() || multicast && registers.allMulticast.isSet();
    }

    private void requested(int before) {
        if ((before & registers.newFrame.mask()) != 0 || !registers.newFrame.isSet()) {
            return;
        }
        if (!registers.transmitEnable.isSet()) {
            registers.bank.report(Kind.GUEST_ERROR, 0x17, "asks to send while the transmitter is off");
            registers.newFrame.clear();
            return;
        }
        sent.in((long) CYCLES_PER_BYTE * (PREAMBLE_AND_CRC + frameLength()));
    }

    private int dataLength() {
        return transmitMemory[0] & 0xFFFF;
    }

    private int frameLength() {
        int length = HEADER + Math.min(dataLength(), LONGEST_DATA);
        return registers.pad.isSet() ? Math.max(length, SHORTEST_FRAME) : length;
    }

    private void frameLeft() {
        registers.newFrame.clear();
        if (dataLength() > LONGEST_DATA) {
            registers.transmitError.set();
        } else {
            send();
            writePointer = 0;
            registers.transmitEmpty.set();
        }
        showInterrupt();
    }

    private void send() {
        var frame = new byte[frameLength()];
        for (int i = 0; i < HEADER + dataLength(); i++) {
            frame[i] = (byte) (transmitMemory[(i + 2) / 4 & (TRANSMIT_WORDS - 1)] >>> (i + 2) % 4 * 8);
        }
        if (phy.isLinkUp()) {
            cable.transmitted(frame);
        }
    }

    private void manage() {
        if (!registers.managementStart.isSet()) {
            return;
        }
        int address = registers.phyAddress.value();
        int register = registers.managementRegister.value();
        if (registers.managementWrite.isSet()) {
            phy.write(address, register, registers.managementOut.value());
        } else {
            registers.managementIn.value(phy.read(address, register));
        }
        registers.managementStart.clear();
        registers.managementDone.set();
        showInterrupt();
    }

    private int status() {
        return registers.interruptStatus.value() & ~1 | (receiveMemory.packets() > 0 ? 1 : 0);
    }

    private void statusWritten(int before) {
        if ((before & ~registers.interruptStatus.value() & registers.transmitError.mask()) != 0) {
            writePointer = 0;
        }
        showInterrupt();
    }

    private void showInterrupt() {
        interrupt.set((status() & registers.interruptEnable.value()) != 0);
    }

    @Override
    public List<RegisterBank> tables() {
        return List.of(registers.bank);
    }

    @Override
    public void reset(ResetCause cause) {
        registers.bank.reset();
        receiveMemory.clear();
        sent.cancel();
        writePointer = 0;
        showInterrupt();
    }

    @Override
    public void save(StateWriter out) {
        registers.bank.save(out);
        receiveMemory.save(out);
        out.putInt(writePointer);
        for (int word : transmitMemory) {
            out.putInt(word);
        }
    }

    @Override
    public void restore(StateReader in) {
        registers.bank.restore(in);
        receiveMemory.restore(in);
        writePointer = in.getInt();
        for (int i = 0; i < transmitMemory.length; i++) {
            transmitMemory[i] = in.getInt();
        }
    }
}
