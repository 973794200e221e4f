package dev.ft900.protocol.provisioning;

/** The type byte of each request; its reply has bit 7 set. */
final class FrameType {
    static final int HELLO = 0x01;
    static final int SEED = 0x02;
    static final int SET_CLOCK = 0x03;
    static final int MAKE_KEY = 0x04;
    static final int READ = 0x05;
    static final int BEGIN = 0x06;
    static final int WRITE = 0x07;
    static final int VERIFY = 0x08;
    static final int COMMIT = 0x09;
    static final int ERASE = 0x0A;
    static final int REBOOT = 0x0B;
    static final int SET_RATE = 0x0C;

    static final int REPLY = 0x80;

    private FrameType() {}
}
