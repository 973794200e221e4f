package dev.ft900.gateway.device;

import dev.ft900.protocol.dialect.IncomingRequest;
import dev.ft900.protocol.dialect.RequestCodec;
import dev.ft900.protocol.message.Request;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.GatewayName;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The messenger of a test, which keeps what it was to send, and fails when it is to. */
final class SentRequests implements Messenger {
    private final List<String> topics = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();
    private Runnable before = () -> {};
    private boolean isDown;

    /** A service that sends through it, on the timer's time. */
    CommandService service(PresenceTracker presence, ManualTimer timer, Clock clock) {
        return new CommandService(new GatewayName("main"), this, presence, timer.executor(), clock, timer::nanos);
    }

    /** What happens first when something is to be sent. */
    void before(Runnable work) {
        before = work;
    }

    /** Whether the broker is away from now on. */
    void setDown(boolean down) {
        isDown = down;
    }

    @Override
    public void send(String topic, byte[] payload, Runnable acknowledged) throws BrokerDownException {
        before.run();
        if (isDown) {
            throw new BrokerDownException("the broker cannot be reached");
        }
        topics.add(topic);
        requests.add(((IncomingRequest.Accepted) RequestCodec.decode(payload)).request());
    }

    @Override
    public void follow(String topic, boolean wanted) {
        // Tests say themselves what is heard.
    }

    List<String> topics() {
        return topics;
    }

    /** The oldest first. */
    List<Request> all() {
        return requests;
    }

    Request last() {
        return requests.get(requests.size() - 1);
    }

    /** The boards to which something was sent, each as often as something was. */
    List<BoardId> boards() {
        return topics.stream().map(topic -> new BoardId(topic.split("/")[1])).toList();
    }

    /** The last one to a board. */
    Request lastTo(BoardId board) {
        return requests.get(boards().lastIndexOf(board));
    }
}
