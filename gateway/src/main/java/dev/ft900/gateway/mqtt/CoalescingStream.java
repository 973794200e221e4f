package dev.ft900.gateway.mqtt;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets packets that can wait go to the broker together, in one TLS record and one system call. An acknowledgement (PUBACK) waits for the next
 * packet, as TCP's do; nobody waits for it but the broker's window of messages under way, so that few are held, and none for long. A message
 * (PUBLISH) waits only while another was handed to Paho already, and is written next.
 *
 * <p>Expects packets to be flushed one by one, as Paho does; one longer than its buffer comes in pieces, which do not wait. Safe for use by
 * several threads.
 */
final class CoalescingStream extends FilterOutputStream {
    /** Acknowledgements; HiveMQ lets 50 messages be under way. */
    static final int MOST_HELD = 6;

    /** Held bytes; a TLS record takes 16 KiB. */
    static final int MOST_BYTES = 4_096;

    /** How long a packet waits at most, whatever becomes of what it waits for. */
    static final int LONGEST_MILLIS = 5;

    /** MQTT 3.1.1 section 3.4: this, the length, and two bytes of packet identifier. */
    private static final byte PUBACK = 0x40;

    private static final int PUBACK_LENGTH = 4;

    /** MQTT 3.1.1 section 3.3: in the first four bits. */
    private static final int PUBLISH = 3;

    private final AtomicInteger toCome;
    private final ScheduledExecutorService timer;
    private final byte[] held = new byte[MOST_BYTES];
    private int length;
    private int acknowledgements;
    private boolean inPacket;
    private boolean awaited;

    /**
     * @param toCome how many messages were handed to Paho and are not written; counted down here
     * @param timer sends what has waited long enough
     */
    CoalescingStream(OutputStream out, AtomicInteger toCome, ScheduledExecutorService timer) {
        super(out);
        this.toCome = toCome;
        this.timer = timer;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int count) throws IOException {
        boolean canWait = !inPacket && canWait(bytes[offset], count);
        inPacket = true;
        if (length + count > held.length) {
            sendHeld();
        }
        if (count > held.length) {
            out.write(bytes, offset, count);
            return;
        }
        System.arraycopy(bytes, offset, held, length, count);
        length += count;
        if (!canWait) {
            sendHeld();
        } else if (!awaited) {
            awaited = true;
            sendLater();
        }
    }

    /** @param first of a packet of so many bytes, or of its first piece */
    private boolean canWait(byte first, int count) {
        if (count == PUBACK_LENGTH && first == PUBACK) {
            acknowledgements++;
            return acknowledgements < MOST_HELD;
        }
        return first >> 4 == PUBLISH && toCome.decrementAndGet() > 0;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void flush() throws IOException {
        inPacket = false;
        if (length == 0) {
            out.flush();
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
            acknowledgements = 0;
            out.flush();
        }
    }
}
