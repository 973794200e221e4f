package dev.ft900.gateway.device;

import dev.ft900.protocol.dialect.NativeTopic;
import dev.ft900.protocol.exchange.FrameLink;
import dev.ft900.protocol.exchange.LinkException;
import dev.ft900.protocol.frame.Frame;
import dev.ft900.protocol.wire.ByteReader.MalformedException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Provisioning frames to one board over MQTT. {@link #received} is for the thread that brings messages, the rest for one other. */
final class MqttFrameLink implements FrameLink {
    /** More than a board holds at a time; what is beyond is lost, and asked for again. */
    private static final int QUEUE = 64;

    private final Messenger messenger;
    private final NativeTopic.FramesIn topic;
    private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>(QUEUE);

    MqttFrameLink(Messenger messenger, NativeTopic.FramesIn topic) {
        this.messenger = messenger;
        this.topic = topic;
    }

    /** A frame came in its plain form; one that is damaged is dropped. @return false when it was dropped */
    boolean received(byte[] plain) {
        try {
            return frames.offer(Frame.fromPlain(plain));
        } catch (MalformedException e) {
            return false;
        }
    }

    @Override
    public void send(Frame frame) throws LinkException {
        try {
            messenger.send(topic.name(), frame.toPlain(), () -> {});
        } catch (BrokerDownException e) {
            throw new LinkException(e.getMessage(), e);
        }
    }

    @Override
    public Optional<Frame> receive(Duration patience) throws LinkException {
        try {
            return Optional.ofNullable(frames.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LinkException("the gateway is stopping", e);
        }
    }
}
