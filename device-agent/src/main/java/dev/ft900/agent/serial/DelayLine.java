package dev.ft900.agent.serial;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a USB adapter does to bytes on their way to the computer: each comes later by the same time. A thread of its own delivers them. */
final class DelayLine {
    private static final Logger LOG = LoggerFactory.getLogger(DelayLine.class);

    /** Bytes under way at 3 Mbaud and 16 ms, in pieces, and some more. */
    private static final int QUEUE = 4_096;

    private final ByteChannelEnd end;
    private final long nanos;
    private final BlockingQueue<Due> underWay = new LinkedBlockingQueue<>(QUEUE);
    private final Thread thread;

    private record Due(long at, byte[] bytes) {}

    /** @param delay longer than zero */
    DelayLine(ByteChannelEnd end, Duration delay) {
        this.end = end;
        this.nanos = delay.toNanos();
        this.thread = new Thread(this::deliver, "serial-latency " + end.portName());
        thread.setDaemon(true);
        thread.start();
    }

    void write(byte[] bytes) throws InterruptedException {
        underWay.put(new Due(System.nanoTime() + nanos, bytes));
    }

    private void deliver() {
        try {
            while (true) {
                var next = underWay.take();
                for (long left = next.at() - System.nanoTime(); left > 0; left = next.at() - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                    if (Thread.interrupted()) {
                        return;
                    }
                }
                end.write(next.bytes());
            }
        } catch (InterruptedException e) {
            LOG.trace("unplugged");
        } catch (IOException e) {
            LOG.warn("the cable broke: {}", e.getMessage());
        }
    }

    /** Returns when its thread has ended; what was under way is lost. */
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
