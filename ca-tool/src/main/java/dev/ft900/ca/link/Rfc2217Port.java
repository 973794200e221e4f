package dev.ft900.ca.link;

import dev.ft900.protocol.exchange.LinkException;
import java.time.Duration;
import java.util.Set;

/**
 * A serial port behind a terminal server that speaks RFC 2217: data as over Telnet, and the port's rate and lines can be set from here.
 */
final class Rfc2217Port implements SerialPort {
    private static final int BINARY = 0;
    private static final int SUPPRESS_GO_AHEAD = 3;
    private static final int COM_PORT = 44;
    private static final Set<Integer> WELCOME = Set.of(BINARY, SUPPRESS_GO_AHEAD, COM_PORT);

    private static final int SET_BAUDRATE = 1;
    private static final int SET_DATASIZE = 2;
    private static final int SET_PARITY = 3;
    private static final int SET_STOPSIZE = 4;
    private static final int SET_CONTROL = 5;
    /** The server answers a setting with this added to its number. */
    private static final int ANSWER = 100;

    private static final int PARITY_NONE = 1;
    private static final int STOP_ONE = 1;
    private static final int NO_FLOW_CONTROL = 1;
    private static final int DTR_ON = 8;
    private static final int DTR_OFF = 9;
    private static final int RTS_ON = 11;
    private static final int RTS_OFF = 12;

    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(3);
    private static final int BUFFER = 1_024;

    private final SerialPort socket;
    private final TelnetCodec telnet = new TelnetCodec(this::take);
    private final byte[] early = new byte[BUFFER];
    private int earlyLength;
    private int answeredBaud = -1;
    private boolean refused;
    private LinkException failure;

    private Rfc2217Port(SerialPort socket) {
        this.socket = socket;
    }

    static Rfc2217Port open(String host, int port, PortSettings settings) throws PortException {
        var opened = new Rfc2217Port(SocketPort.open(host, port));
        try {
            opened.negotiate(settings);
            return opened;
        } catch (LinkException e) {
            opened.close();
            throw new PortException(
                    "expected a terminal server that speaks RFC 2217 at " + host + ":" + port + "; " + e.getMessage()
                            + ". If it passes bare bytes, use socket://" + host + ":" + port,
                    e);
        }
    }

    private void negotiate(PortSettings settings) throws LinkException {
        command(TelnetCodec.WILL, COM_PORT);
        command(TelnetCodec.WILL, BINARY);
        command(TelnetCodec.DO, BINARY);
        if (!rate(settings.baud())) {
            throw new LinkException("it did not take the rate " + settings.baud());
        }
        set(SET_DATASIZE, 8);
        set(SET_PARITY, PARITY_NONE);
        set(SET_STOPSIZE, STOP_ONE);
        set(SET_CONTROL, NO_FLOW_CONTROL);
        set(SET_CONTROL, settings.dtr() ? DTR_ON : DTR_OFF);
        set(SET_CONTROL, settings.rts() ? RTS_ON : RTS_OFF);
    }

    @Override
    public boolean rate(int baud) throws LinkException {
        answeredBaud = -1;
        refused = false;
        set(SET_BAUDRATE, baud >>> 24, baud >>> 16, baud >>> 8, baud);
        long deadline = System.nanoTime() + ANSWER_PATIENCE.toNanos();
        while (answeredBaud < 0 && !refused && deadline - System.nanoTime() > 0) {
            int room = early.length - earlyLength;
            var buffer = new byte[Math.max(1, room)];
            int got = readDecoded(buffer, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            System.arraycopy(buffer, 0, early, earlyLength, Math.min(got, room));
            earlyLength += Math.min(got, room);
        }
        return answeredBaud == baud;
    }

    private void take(TelnetCodec.Command command) {
        int option = command.option();
        try {
            switch (command.verb()) {
                case TelnetCodec.DO -> {
                    // We offered these two ourselves: their DO is the answer, not a question.
                    if (option != COM_PORT && option != BINARY) {
                        command(WELCOME.contains(option) ? TelnetCodec.WILL : TelnetCodec.WONT, option);
                    }
                }
                case TelnetCodec.WILL -> {
                    if (option != BINARY) {
                        command(WELCOME.contains(option) ? TelnetCodec.DO : TelnetCodec.DONT, option);
                    }
                }
                case TelnetCodec.DONT -> refused |= option == COM_PORT;
                case TelnetCodec.SB -> answer(command.payload());
                default -> {}
            }
        } catch (LinkException e) {
            failure = e;
        }
    }

    private void answer(byte[] payload) {
        if (payload.length == 6 && payload[0] == COM_PORT && payload[1] == ANSWER + SET_BAUDRATE) {
            answeredBaud = (payload[2] & 0xFF) << 24
                    | (payload[3] & 0xFF) << 16
                    | (payload[4] & 0xFF) << 8
                    | payload[5] & 0xFF;
        }
    }

    private void command(int verb, int option) throws LinkException {
        socket.write(new byte[] {(byte) TelnetCodec.IAC, (byte) verb, (byte) option});
    }

    private void set(int what, int... values) throws LinkException {
        var payload = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            payload[i] = (byte) values[i];
        }
        var escaped = TelnetCodec.escape(payload);
        var bytes = new byte[escaped.length + 6];
        bytes[0] = (byte) TelnetCodec.IAC;
        bytes[1] = (byte) TelnetCodec.SB;
        bytes[2] = COM_PORT;
        bytes[3] = (byte) what;
        System.arraycopy(escaped, 0, bytes, 4, escaped.length);
        bytes[bytes.length - 2] = (byte) TelnetCodec.IAC;
        bytes[bytes.length - 1] = (byte) TelnetCodec.SE;
        socket.write(bytes);
    }

    @Override
    public void write(byte[] bytes) throws LinkException {
        socket.write(TelnetCodec.escape(bytes));
    }

    @Override
    public int read(byte[] buffer, Duration patience) throws LinkException {
        if (earlyLength > 0) {
            int length = Math.min(earlyLength, buffer.length);
            System.arraycopy(early, 0, buffer, 0, length);
            System.arraycopy(early, length, early, 0, earlyLength - length);
            earlyLength -= length;
            return length;
        }
        return readDecoded(buffer, patience);
    }

    private int readDecoded(byte[] buffer, Duration patience) throws LinkException {
        int got = telnet.decode(buffer, socket.read(buffer, patience));
        if (failure != null) {
            throw failure;
        }
        return got;
    }

    @Override
    public void close() {
        socket.close();
    }
}
