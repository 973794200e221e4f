package dev.ft900.protocol.install;

import dev.ft900.protocol.exchange.ExchangeException;
import dev.ft900.protocol.exchange.FrameExchange;
import dev.ft900.protocol.exchange.FrameExchange.Pending;
import dev.ft900.protocol.exchange.LinkException;
import dev.ft900.protocol.exchange.Patience;
import dev.ft900.protocol.provisioning.BoardReply;
import dev.ft900.protocol.provisioning.StationRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request and those that follow it without waiting for its answer, so that they pay an adapter's latency together. What was sent ahead
 * is never relied on: an answer that came before the first request's, or a refusal, counts for nothing, and its request is asked anew.
 */
final class Pipeline {
    private final FrameExchange exchange;
    private final Steps steps;
    private final int window;
    private List<Pending> followers = List.of();

    /** @param window how many requests the board can hold at a time */
    Pipeline(FrameExchange exchange, Steps steps, int window) {
        this.exchange = exchange;
        this.steps = steps;
        this.window = window;
    }

    /**
     * Asks, sends after it as many of a later step's requests as the board can hold, and waits for the first answer.
     *
     * @param later the step to which the following belong
     */
    <R extends BoardReply> R ask(
            StationRequest first,
            Class<R> kind,
            Patience patience,
            Step later,
            List<? extends StationRequest> following)
            throws ExchangeException {
        var leader = exchange.send(first);
        var sent = steps.ahead(later, () -> send(following.subList(0, Math.min(window - 1, following.size()))));
        var answer = exchange.await(leader, kind, patience);
        // The board does things in the order in which they come: what it did before this was not meant for it.
        followers = sent.stream().filter(pending -> !pending.isAnswered()).toList();
        return answer;
    }

    private List<Pending> send(List<? extends StationRequest> requests) throws LinkException {
        List<Pending> sent = new ArrayList<>();
        for (var request : requests) {
            sent.add(exchange.send(request));
        }
        return sent;
    }

    /** The answer to what was sent ahead; empty when it was not, or when its answer is of no use. */
    <R extends BoardReply> Optional<R> answer(StationRequest request, Class<R> kind, Patience patience)
            throws ExchangeException {
        for (var follower : followers) {
            if (follower.request() == request) {
                return Optional.of(exchange.settle(follower, patience))
                        .filter(kind::isInstance)
                        .map(kind::cast);
            }
        }
        return Optional.empty();
    }

    /** The answer to what was sent ahead, or else asks now. */
    <R extends BoardReply> R answerOrAsk(StationRequest request, Class<R> kind, Patience patience)
            throws ExchangeException {
        var early = answer(request, kind, patience);
        return early.isPresent() ? early.get() : exchange.ask(request, kind, patience);
    }
}
