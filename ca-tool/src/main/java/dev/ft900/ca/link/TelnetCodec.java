package dev.ft900.ca.link;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/**
 * Tells data from commands in a Telnet stream (RFC 854, RFC 855). Sub-negotiations longer than {@value #MAX_SUB} bytes are cut. For one
 * thread.
 */
final class TelnetCodec {
    static final int IAC = 255;
    static final int DONT = 254;
    static final int DO = 253;
    static final int WONT = 252;
    static final int WILL = 251;
    static final int SB = 250;
    static final int SE = 240;

    private static final int MAX_SUB = 64;

    private enum State {
        DATA,
        COMMAND,
        OPTION,
        SUB,
        SUB_COMMAND
    }

    private final Consumer<Command> onCommand;
    private final ByteArrayOutputStream sub = new ByteArrayOutputStream();
    private State state = State.DATA;
    private int verb;

    /**
     * What the other end says besides data.
     *
     * @param verb {@link #WILL}, {@link #WONT}, {@link #DO}, {@link #DONT} or {@link #SB}
     * @param payload the option; for {@link #SB} the option and what follows it
     */
    record Command(int verb, byte[] payload) {
        int option() {
            return payload.length == 0 ? -1 : payload[0] & 0xFF;
        }
    }

    TelnetCodec(Consumer<Command> onCommand) {
        this.onCommand = onCommand;
    }

    /** Data for the other end. */
    static byte[] escape(byte[] data) {
        var out = new ByteArrayOutputStream(data.length + 8);
        for (byte b : data) {
            out.write(b);
            if ((b & 0xFF) == IAC) {
                out.write(IAC);
            }
        }
        return out.toByteArray();
    }

    /** Takes {@code length} bytes and leaves the data among them at the start of {@code bytes}. @return how many that are */
    int decode(byte[] bytes, int length) {
        int data = 0;
        for (int i = 0; i < length; i++) {
            int b = bytes[i] & 0xFF;
            if (isData(b)) {
                bytes[data++] = (byte) b;
            }
        }
        return data;
    }

    private boolean isData(int b) {
        switch (state) {
            case DATA -> {
                if (b != IAC) {
                    return true;
                }
                state = State.COMMAND;
            }
            case COMMAND -> {
                return command(b);
            }
            case OPTION -> {
                state = State.DATA;
                onCommand.accept(new Command(verb, new byte[] {(byte) b}));
            }
            case SUB -> {
                if (b == IAC) {
                    state = State.SUB_COMMAND;
                } else {
                    keep(b);
                }
            }
            case SUB_COMMAND -> {
                if (b == IAC) {
                    keep(b);
                    state = State.SUB;
                } else {
                    state = State.DATA;
                    onCommand.accept(new Command(SB, sub.toByteArray()));
                }
            }
        }
        return false;
    }

    private boolean command(int b) {
        state = State.DATA;
        if (b == IAC) {
            return true;
        }
        if (b == SB) {
            sub.reset();
            state = State.SUB;
        } else if (b >= WILL) {
            verb = b;
            state = State.OPTION;
        }
        return false;
    }

    private void keep(int b) {
        if (sub.size() < MAX_SUB) {
            sub.write(b);
        }
    }
}
