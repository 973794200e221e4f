package dev.ft900.board.peripheral.uart;

import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import dev.ft900.board.state.Stateful;

/** What the UART wants to tell, in the order of ISR's levels (sheet 4.3.2), and the latches behind it. */
final class UartInterrupts implements Stateful {
    static final int NONE = 0x01;
    private static final int LINE_OR_ADDRESS = 0x06;
    private static final int RECEIVED = 0x04;
    private static final int TIMED_OUT = 0x0C;
    private static final int SEND = 0x02;
    private static final int MODEM = 0x00;
    private static final int SPECIAL = 0x10;
    private static final int FLOW = 0x20;
    /** Overrun, framing, break. */
    private static final int LINE_ERRORS = 0x1A;

    private final UartRegisters registers;
    private final Receiver receiver;
    private boolean send;
    private boolean special;
    private boolean flow;

    UartInterrupts(UartRegisters registers, Receiver receiver) {
        this.registers = registers;
        this.receiver = receiver;
    }

    /** The transmitter asks for characters. */
    void send() {
        send = true;
    }

    void sendDone() {
        send = false;
    }

    /** A special character has come. */
    void special() {
        special = true;
    }

    /** CTS has changed. */
    void flow() {
        flow = true;
    }

    /** What ISR reads. */
    int code() {
        boolean enhanced = registers.enhancedMode.isSet();
        if (registers.lineEnable.isSet() && (registers.lineStatus.value() & LINE_ERRORS) != 0 || isAddressAtTop()) {
            return LINE_OR_ADDRESS;
        }
        if (registers.receiveEnable.isSet() && receiver.wantsAttention()) {
            return RECEIVED;
        }
        if (registers.receiveEnable.isSet() && receiver.isTimedOut()) {
            return TIMED_OUT;
        }
        if (registers.transmitEnable.isSet() && send) {
            return SEND;
        }
        if (registers.modemEnable.isSet()
                && (registers.modemStatus.value() & 0x0F & ~registers.deltaMask.value()) != 0) {
            return MODEM;
        }
        if (enhanced && registers.specialEnable.isSet() && special) {
            return SPECIAL;
        }
        return enhanced && registers.ctsEnable.isSet() && flow ? FLOW : NONE;
    }

    private boolean isAddressAtTop() {
        return registers.nineBit.isSet() && registers.addressInterrupt.isSet() && receiver.isTopNinth();
    }

    /** ISR was read: what it told last is told, if that is how its latch works. */
    void read(int code) {
        switch (code) {
            case SEND -> send = false;
            case SPECIAL -> special = false;
            case FLOW -> flow = false;
            default -> {
                // The others are levels.
            }
        }
    }

    void clear() {
        send = false;
        special = false;
        flow = false;
    }

    @Override
    public void save(StateWriter out) {
        out.putBoolean(send);
        out.putBoolean(special);
        out.putBoolean(flow);
    }

    @Override
    public void restore(StateReader in) {
        send = in.getBoolean();
        special = in.getBoolean();
        flow = in.getBoolean();
    }
}
