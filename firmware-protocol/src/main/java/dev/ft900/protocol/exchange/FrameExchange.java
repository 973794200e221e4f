package dev.ft900.protocol.exchange;

import dev.ft900.protocol.frame.Frame;
import dev.ft900.protocol.provisioning.BoardReply;
import dev.ft900.protocol.provisioning.BoardReplyCodec;
import dev.ft900.protocol.provisioning.StationRequest;
import dev.ft900.protocol.provisioning.StationRequestCodec;
import dev.ft900.protocol.wire.ByteReader.MalformedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The station's side of the frames: sends requests, sends them again when no answer comes, and matches answers by their sequence
 * number. Requests bear repetition, so a lost answer costs time and nothing else. For one thread.
 */
public final class FrameExchange {
    private final FrameLink link;
    private final Ticker ticker;
    private final Map<Integer, Pending> underWay = new LinkedHashMap<>();
    private int nextSequence;

    /** @param firstSequence 0 to 65535; a random one keeps answers to an earlier station from being taken for ours */
    public FrameExchange(FrameLink link, Ticker ticker, int firstSequence) {
        this.link = link;
        this.ticker = ticker;
        this.nextSequence = firstSequence;
    }

    /**
     * Asks, and waits for the answer.
     *
     * @param kind the reply that answers this request
     * @throws BoardRefusedException the board will not
     * @throws NoAnswerException no answer came
     * @throws UnexpectedReplyException something else came
     * @throws LinkException the link is gone
     */
    public <R extends BoardReply> R ask(StationRequest request, Class<R> kind, Patience patience)
            throws ExchangeException {
        return await(send(request), kind, patience);
    }

    /**
     * Sends a request and returns at once. It is sent again only while somebody waits for its answer; its answer is kept when it comes
     * while somebody waits for another.
     */
    public Pending send(StationRequest request) throws LinkException {
        var pending = new Pending(takeSequence(), request);
        link.send(pending.frame);
        underWay.put(pending.frame.sequence(), pending);
        return pending;
    }

    /**
     * Waits for the answer to what was sent.
     *
     * @param patience from now on
     * @throws ExchangeException as {@link #ask} does
     */
    public <R extends BoardReply> R await(Pending pending, Class<R> kind, Patience patience) throws ExchangeException {
        var reply = settle(pending, patience);
        if (reply instanceof BoardReply.Refused refused) {
            throw new BoardRefusedException(pending.request, refused);
        }
        if (!kind.isInstance(reply)) {
            throw new UnexpectedReplyException(pending.request, kind.getSimpleName(), reply);
        }
        return kind.cast(reply);
    }

    /** Waits for the answer to what was sent, be it a refusal. */
    public BoardReply settle(Pending pending, Patience patience) throws ExchangeException {
        if (!pending.isAnswered()) {
            pending.beginToWait(patience);
            try {
                while (!pending.isAnswered()) {
                    takeNext(List.of(pending));
                }
            } finally {
                underWay.remove(pending.frame.sequence());
            }
        }
        return pending.reply;
    }

    /**
     * Asks many things, several at a time. Answers come in any order.
     *
     * @param window how many may be under way at once, at least 1
     * @param onReply gets each answer as it comes; never a refusal
     * @throws BoardRefusedException the board refused one of them; the rest is not asked
     * @throws NoAnswerException no answer came to one of them
     * @throws LinkException the link is gone
     */
    public void askAll(
            List<? extends StationRequest> requests, int window, Patience patience, Consumer<BoardReply> onReply)
            throws ExchangeException {
        Iterator<? extends StationRequest> waiting = requests.iterator();
        List<Pending> asked = new ArrayList<>();
        try {
            while (waiting.hasNext() || !asked.isEmpty()) {
                while (waiting.hasNext() && asked.size() < window) {
                    var next = send(waiting.next());
                    next.beginToWait(patience);
                    asked.add(next);
                }
                takeNext(asked);
                for (var answered : asked.stream().filter(Pending::isAnswered).toList()) {
                    asked.remove(answered);
                    if (answered.reply instanceof BoardReply.Refused refused) {
                        throw new BoardRefusedException(answered.request, refused);
                    }
                    onReply.accept(answered.reply);
                }
            }
        } finally {
            asked.forEach(pending -> underWay.remove(pending.frame.sequence()));
        }
    }

    /** Waits for a frame, or until one of those that are waited for is to be sent again. */
    private void takeNext(List<Pending> waitedFor) throws ExchangeException {
        var first = waitedFor.stream()
                .min(Comparator.comparingLong(pending -> pending.deadline - ticker.nanos()))
                .orElseThrow();
        var frame = link.receive(Duration.ofNanos(Math.max(0, first.deadline - ticker.nanos())));
        if (frame.isPresent()) {
            take(frame.get());
        } else if (first.deadline - ticker.nanos() <= 0) {
            first.sendAgain();
        }
    }

    private void take(Frame frame) throws ExchangeException {
        var asked = underWay.get(frame.sequence());
        if (asked == null || !BoardReplyCodec.isReplyTo(asked.frame, frame)) {
            return;
        }
        try {
            asked.reply = BoardReplyCodec.decode(frame);
        } catch (MalformedException e) {
            // The checksum was good, so this board's firmware means something else by it: asking again will not help.
            throw new UnexpectedReplyException(asked.request, e);
        }
        underWay.remove(frame.sequence());
    }

    private int takeSequence() {
        int sequence = nextSequence;
        nextSequence = (nextSequence + 1) % Frame.SEQUENCE_MODULUS;
        return sequence;
    }

    /** A request that was sent, and its answer once it is there. */
    public final class Pending {
        private final StationRequest request;
        private final Frame frame;
        private Patience patience;
        private BoardReply reply;
        private int tries = 1;
        private long deadline;

        private Pending(int sequence, StationRequest request) {
            this.request = request;
            this.frame = StationRequestCodec.encode(sequence, request);
        }

        public StationRequest request() {
            return request;
        }

        /** Whether its answer, or a refusal, is there. */
        public boolean isAnswered() {
            return reply != null;
        }

        private void beginToWait(Patience howLong) {
            patience = howLong;
            deadline = ticker.nanos() + howLong.perTry().toNanos();
        }

        private void sendAgain() throws ExchangeException {
            if (tries == patience.tries()) {
                throw new NoAnswerException(request, patience);
            }
            tries++;
            link.send(frame);
            deadline = ticker.nanos() + patience.perTry().toNanos();
        }
    }
}
