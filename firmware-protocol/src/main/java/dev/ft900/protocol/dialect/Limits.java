package dev.ft900.protocol.dialect;

/** The bounds that let a microcontroller with 64 KB of RAM hold any message in fixed buffers. */
public final class Limits {
    /** The longest topic, in bytes of UTF-8. */
    public static final int MAX_TOPIC_BYTES = 64;

    /** The longest payload, in bytes. */
    public static final int MAX_PAYLOAD_BYTES = 256;

    /** The most fields in one object. */
    public static final int MAX_FIELDS = 16;

    /** The largest number: 32 bits, unsigned. */
    public static final long MAX_NUMBER = 0xFFFF_FFFFL;

    private Limits() {}
}
