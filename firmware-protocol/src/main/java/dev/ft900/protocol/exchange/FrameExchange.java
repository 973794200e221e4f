package dev.ft900.protocol.exchange;

import dev.ft900.protocol.frame.Frame;
import dev.ft900.protocol.provisioning.BoardReply;
import dev.ft900.protocol.provisioning.BoardReplyCodec;
import dev.ft900.protocol.provisioning.StationRequest;
import dev.ft900.protocol.provisioning.StationRequestCodec;
import dev.ft900.protocol.wire.ByteReader.MalformedException;
import java.time.Duration;
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
        var answer = new Object() {
            BoardReply reply;
        };
        askAll(List.of(request), 1, patience, reply -> answer.reply = reply);
        if (!kind.isInstance(answer.reply)) {
            throw new UnexpectedReplyException(request, kind.getSimpleName(), answer.reply);
        }
        return kind.cast(answer.reply);
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
        Map<Integer, InFlight> inFlight = new LinkedHashMap<>();
        while (waiting.hasNext() || !inFlight.isEmpty()) {
            while (waiting.hasNext() && inFlight.size() < window) {
                var next = new InFlight(takeSequence(), waiting.next(), patience);
                next.send();
                inFlight.put(next.frame.sequence(), next);
            }
            var first = inFlight.values().stream()
                    .min(Comparator.comparingLong(f -> f.deadline - ticker.nanos()))
                    .orElseThrow();
            var frame = link.receive(Duration.ofNanos(Math.max(0, first.deadline - ticker.nanos())));
            if (frame.isPresent()) {
                take(frame.get(), inFlight, onReply);
            } else if (first.deadline - ticker.nanos() <= 0) {
                first.sendAgain();
            }
        }
    }

    private void take(Frame frame, Map<Integer, InFlight> inFlight, Consumer<BoardReply> onReply)
            throws ExchangeException {
        var asked = inFlight.get(frame.sequence());
        if (asked == null || !asked.isAnsweredBy(frame)) {
            return;
        }
        BoardReply reply;
        try {
            reply = BoardReplyCodec.decode(frame);
        } catch (MalformedException e) {
            // The checksum was good, so this board's firmware means something else by it: asking again will not help.
            throw new UnexpectedReplyException(asked.request, e);
        }
        inFlight.remove(frame.sequence());
        if (reply instanceof BoardReply.Refused refused) {
            throw new BoardRefusedException(asked.request, refused);
        }
        onReply.accept(reply);
    }

    private int takeSequence() {
        int sequence = nextSequence;
        nextSequence = (nextSequence + 1) % Frame.SEQUENCE_MODULUS;
        return sequence;
    }

    /** A request that was sent and not yet answered. */
    private final class InFlight {
        private final StationRequest request;
        private final Frame frame;
        private final Patience patience;
        private int tries;
        private long deadline;

        InFlight(int sequence, StationRequest request, Patience patience) {
            this.request = request;
            this.frame = StationRequestCodec.encode(sequence, request);
            this.patience = patience;
        }

        void send() throws LinkException {
            tries++;
            link.send(frame);
            deadline = ticker.nanos() + patience.perTry().toNanos();
        }

        void sendAgain() throws ExchangeException {
            if (tries == patience.tries()) {
                throw new NoAnswerException(request, patience);
            }
            send();
        }

        boolean isAnsweredBy(Frame reply) {
            return BoardReplyCodec.isReplyTo(frame, reply);
        }
    }
}
