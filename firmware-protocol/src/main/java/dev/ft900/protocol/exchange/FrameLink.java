package dev.ft900.protocol.exchange;

import dev.ft900.protocol.frame.Frame;
import java.time.Duration;
import java.util.Optional;

/** Carries frames to one board and back: a serial line, MQTT, or a test's stand-in. For one thread at a time. */
public interface FrameLink {
    /**
     * Sends a frame, or at least puts it on its way.
     *
     * @throws LinkException the link is gone
     */
    void send(Frame frame) throws LinkException;

    /**
     * Waits for the next frame.
     *
     * @param patience how long to wait at the most; zero looks without waiting
     * @return empty when none came in that time
     * @throws LinkException the link is gone
     */
    Optional<Frame> receive(Duration patience) throws LinkException;
}
