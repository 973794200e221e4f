package dev.ft900.agent.board;

import dev.ft900.agent.flash.Flash;
import dev.ft900.protocol.message.FirmwareVersion;
import dev.ft900.protocol.message.MacAddress;
import dev.ft900.protocol.provisioning.Digest;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;

/**
 * What makes a virtual board this one.
 *
 * @param jitter the recorded noise of this board, at least 32 bytes, different for each board; its hash also gives the MAC address
 * @param wall what the real-time clock counts by
 * @param bootTime from reset to the first line on the console
 */
public record BoardConfig(Flash flash, byte[] jitter, Clock wall, Duration bootTime) {
    /** An FT900 of revision C (hardware sheet 4.1.1). */
    public static final int CHIP_ID = 0x09000002;

    /** The firmware that this agent stands for. */
    public static final FirmwareVersion FIRMWARE = new FirmwareVersion("agent 0.1.0");

    private static final int MIN_JITTER = 32;

    public BoardConfig {
        if (jitter.length < MIN_JITTER) {
            throw new IllegalArgumentException(
                    "a board's jitter is at least " + MIN_JITTER + " bytes; got " + jitter.length);
        }
        jitter = jitter.clone();
    }

    @Override
    public byte[] jitter() {
        return jitter.clone();
    }

    /** A locally administered address, the same for the same jitter. */
    public MacAddress mac() {
        long bits = ByteBuffer.wrap(Digest.of(jitter).bytes()).getLong();
        return new MacAddress(0x02_F9_00_00_00_00L | bits & 0xFF_FF_FFL);
    }
}
