package dev.ft900.gateway.mqtt;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Lets acknowledgements (PUBACK) wait for the next packet to the broker and go with it, in one TLS record and one system call; as TCP
 * does with its own. Nobody waits for them but the broker's window of messages under way, so that few are held, and none for long.
 *
 * <p>Expects whole packets, as Paho writes them. Safe for use by several threads.
 */
final class CoalescingStream extends FilterOutputStream {
    /** HiveMQ lets 50 messages be under way. */
    static final int MOST_HELD = 6;

    /** How long an acknowledgement waits at most. */
    static final int LONGEST_MILLIS = 5;

    /** MQTT 3.1.1 section 3.4: this, the length, and two bytes of packet identifier. */
    private static final byte PUBACK = 0x40;

    private static final int PUBACK_LENGTH = 4;

    private final ScheduledExecutorService timer;
    private final byte[] held = new byte[MOST_HELD * PUBACK_LENGTH];
    private int length;
    private boolean awaited;

    CoalescingStream(OutputStream out, ScheduledExecutorService timer) {
        super(out);
        this.timer = timer;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int count) throws IOException {
        if (count == PUBACK_LENGTH && bytes[offset] == PUBACK) {
            hold(bytes, offset);
        } else if (length == 0) {
            out.write(bytes, offset, count);
        } else {
            var together = Arrays.copyOf(held, length + count);
            System.arraycopy(bytes, offset, together, length, count);
            length = 0;
            out.write(together);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    private void hold(byte[] bytes, int offset) throws IOException {
        System.arraycopy(bytes, offset, held, length, PUBACK_LENGTH);
        length += PUBACK_LENGTH;
        if (length == held.length) {
            sendHeld();
        } else if (!awaited) {
            awaited = true;
            sendLater();
        }
    }

    private void sendLater() throws IOException {
        try {
            timer.schedule(this::waitedLongEnough, LONGEST_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The link is about to close: there is nobody to send it later.
            sendHeld();
        }
    }

    private synchronized void waitedLongEnough() {
        awaited = false;
        try {
            sendHeld();
        } catch (IOException e) {
            // The connection is lost, which Paho's own threads find out.
        }
    }

    private void sendHeld() throws IOException {
        if (length > 0) {
            out.write(held, 0, length);
            length = 0;
            out.flush();
        }
    }
}
