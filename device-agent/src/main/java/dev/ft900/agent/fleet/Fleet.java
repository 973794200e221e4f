package dev.ft900.agent.fleet;

import dev.ft900.agent.board.BoardConfig;
import dev.ft900.agent.board.BoardNetwork;
import dev.ft900.agent.board.VirtualBoard;
import dev.ft900.agent.flash.MemoryFlash;
import dev.ft900.agent.identity.BoardStore;
import dev.ft900.agent.mqtt.BoardThreads;
import dev.ft900.protocol.message.Ipv4Address;
import dev.ft900.protocol.message.Presence.FallBack;
import dev.ft900.protocol.provisioning.Digest;
import dev.ft900.protocol.provisioning.StationRequest;
import dev.ft900.protocol.provisioning.Uid;
import dev.ft900.protocol.slot.SlotCodec;
import dev.ft900.protocol.slot.SlotRecord;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A number of boards that are alike but for their identities. Safe for use by several threads. */
public final class Fleet implements AutoCloseable {
    private final BoardThreads threads;
    private final List<VirtualBoard> boards;
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger powered = new AtomicInteger();

    /**
     * Makes the boards; none has power yet.
     *
     * @param records their identities, with their keys
     */
    public Fleet(List<SlotRecord> records, int threadCount) {
        threads = new BoardThreads(threadCount);
        boards = records.stream().map(this::board).toList();
    }

    private VirtualBoard board(SlotRecord record) {
        var flash = new MemoryFlash();
        var jitter = Digest.of(record.id().value().getBytes(StandardCharsets.US_ASCII))
                .bytes();
        install(new BoardStore(flash, jitter), new Uid(Arrays.copyOf(jitter, Uid.BYTES)), SlotCodec.encode(record));
        var place = threads.place();
        return new VirtualBoard(
                new BoardConfig(flash, jitter, Clock.systemUTC(), Duration.ZERO),
                place.loop(),
                new CountingNetwork(place.network()));
    }

    private static void install(BoardStore store, Uid uid, byte[] record) {
        try {
            store.seed(uid, new byte[StationRequest.Seed.SEED_BYTES]);
            store.begin(uid, 1, record.length, Digest.of(record));
            store.write(0, record);
            store.commit(uid, 1);
        } catch (BoardStore.RefusedException e) {
            throw new IllegalArgumentException(
                    "expected records of generation 1 with their keys: " + e.getMessage(), e);
        }
    }

    /** Switches all boards on. */
    public void powerOn() {
        powerOn(boards.size());
    }

    /**
     * Switches boards on, and a further one whenever one has subscribed, so that never more than some are on their way.
     *
     * @param atOnce how many may be on their way, 1 or more
     */
    public void powerOn(int atOnce) {
        for (int i = 0; i < atOnce; i++) {
            powerOnNext();
        }
    }

    private void powerOnNext() {
        int next = powered.getAndIncrement();
        if (next < boards.size()) {
            boards.get(next).powerOn();
        }
    }

    /** Presses every board's reset button at once: all connections end without a word, all come back. */
    public void resetAll() {
        CompletableFuture.allOf(boards.stream().map(VirtualBoard::pressReset).toArray(CompletableFuture[]::new))
                .join();
    }

    public int size() {
        return boards.size();
    }

    /** How many boards are connected and have subscribed. */
    public int connected() {
        return connected.get();
    }

    /** How many tries to connect have failed so far. */
    public int failures() {
        return failures.get();
    }

    @Override
    public void close() {
        threads.close();
    }

    /** Counts who is connected, and passes everything on. */
    private final class CountingNetwork implements BoardNetwork {
        private final BoardNetwork network;

        CountingNetwork(BoardNetwork network) {
            this.network = network;
        }

        @Override
        public Session open(SlotRecord slot, PrivateKey key, Listener listener) {
            var counting = new CountingListener(listener);
            return new CountingSession(network.open(slot, key, counting), counting);
        }
    }

    private final class CountingListener implements BoardNetwork.Listener {
        private final BoardNetwork.Listener listener;
        private boolean counted;

        CountingListener(BoardNetwork.Listener listener) {
            this.listener = listener;
        }

        void gone() {
            if (counted) {
                counted = false;
                connected.decrementAndGet();
            }
        }

        @Override
        public BoardNetwork.Message lastWill() {
            return listener.lastWill();
        }

        @Override
        public List<String> subscriptions() {
            return listener.subscriptions();
        }

        @Override
        public void connected() {
            listener.connected();
        }

        @Override
        public void subscribed() {
            counted = true;
            connected.incrementAndGet();
            listener.subscribed();
            powerOnNext();
        }

        @Override
        public void disconnected() {
            gone();
            listener.disconnected();
        }

        @Override
        public void failed(FallBack why) {
            failures.incrementAndGet();
            listener.failed(why);
        }

        @Override
        public void received(String topic, byte[] payload, boolean retained) {
            listener.received(topic, payload, retained);
        }
    }

    private record CountingSession(BoardNetwork.Session session, CountingListener listener)
            implements BoardNetwork.Session {
        @Override
        public void publish(BoardNetwork.Message message, Runnable whenAcknowledged) {
            session.publish(message, whenAcknowledged);
        }

        @Override
        public Optional<Ipv4Address> localAddress() {
            return session.localAddress();
        }

        @Override
        public void abort() {
            listener.gone();
            session.abort();
        }

        @Override
        public void fallSilent() {
            listener.gone();
            session.fallSilent();
        }

        @Override
        public void leave(BoardNetwork.Message last) {
            listener.gone();
            session.leave(last);
        }
    }
}
