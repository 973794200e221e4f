package dev.ft900.agent.board;

import dev.ft900.protocol.message.Ipv4Address;
import dev.ft900.protocol.slot.SlotRecord;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A network whose broker is the test. */
final class FakeNetwork implements BoardNetwork {
    final List<FakeSession> sessions = new ArrayList<>();

    @Override
    public Session open(SlotRecord slot, PrivateKey key, Listener listener) {
        var session = new FakeSession(slot, listener);
        sessions.add(session);
        return session;
    }

    FakeSession last() {
        return sessions.get(sessions.size() - 1);
    }

    static final class FakeSession implements Session {
        final SlotRecord slot;
        final Listener listener;
        final List<Message> published = new ArrayList<>();
        final List<Runnable> unacknowledged = new ArrayList<>();
        Message will;
        String ended = "";

        FakeSession(SlotRecord slot, Listener listener) {
            this.slot = slot;
            this.listener = listener;
        }

        void accept() {
            will = listener.lastWill();
            listener.connected();
            listener.subscribed();
        }

        void acknowledgeAll() {
            var waiting = List.copyOf(unacknowledged);
            unacknowledged.clear();
            waiting.forEach(Runnable::run);
        }

        @Override
        public void publish(Message message, Runnable whenAcknowledged) {
            published.add(message);
            unacknowledged.add(whenAcknowledged);
        }

        @Override
        public Optional<Ipv4Address> localAddress() {
            return Optional.of(new Ipv4Address(0x7F000001));
        }

        @Override
        public void abort() {
            ended = "aborted";
        }

        @Override
        public void fallSilent() {
            ended = "silent";
        }

        @Override
        public void leave(Message last) {
            published.add(last);
            ended = "left";
        }
    }
}
