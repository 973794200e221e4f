package dev.ft900.protocol.install;

import dev.ft900.protocol.exchange.BoardRefusedException;
import dev.ft900.protocol.exchange.ExchangeException;
import dev.ft900.protocol.exchange.LinkException;
import dev.ft900.protocol.exchange.NoAnswerException;
import dev.ft900.protocol.exchange.Ticker;
import dev.ft900.protocol.provisioning.Refusal;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** Runs the steps of one provisioning: tells the listener, takes the time, and turns what goes wrong into the step's failure. */
public final class Steps {
    private final Ticker ticker;
    private final Supplier<Traffic> traffic;
    private final ProvisioningListener listener;
    private final Map<Step, Timing> timings = new EnumMap<>(Step.class);
    private final Map<Step, Traffic> early = new EnumMap<>(Step.class);
    private Traffic sentAhead = Traffic.NONE;

    /** How long a step took, and what passed on the line for it, be it that its requests were sent while an earlier one waited. */
    public record Timing(Duration took, Traffic traffic) {}

    /** A step's work. */
    public interface Work<T> {
        T run() throws ExchangeException, ProvisioningException, AuthorException;
    }

    /** @param traffic counts the bytes on the line; {@link Traffic#NONE} where there is no line */
    public Steps(Ticker ticker, Supplier<Traffic> traffic, ProvisioningListener listener) {
        this.ticker = ticker;
        this.traffic = traffic;
        this.listener = listener;
    }

    /** Runs a step. */
    public <T> T run(Step step, Work<T> work) throws ProvisioningException {
        listener.began(step);
        long start = ticker.nanos();
        var before = traffic.get();
        var aheadBefore = sentAhead;
        try {
            var result = work.run();
            var took = Duration.ofNanos(ticker.nanos() - start);
            var own = traffic.get().since(before).since(sentAhead.since(aheadBefore));
            timings.put(step, new Timing(took, own.plus(early.getOrDefault(step, Traffic.NONE))));
            listener.done(step, took);
            return result;
        } catch (NoAnswerException e) {
            throw new ProvisioningException(
                    step, e.getMessage() + ". Check power and cable, then start again: what was done stays done.", e);
        } catch (BoardRefusedException e) {
            throw new ProvisioningException(step, refused(e), e);
        } catch (ExchangeException | AuthorException e) {
            throw new ProvisioningException(step, e.getMessage(), e);
        }
    }

    /** Sends something for a later step from within an earlier one; its bytes are the later one's. */
    <T> T ahead(Step later, Sending<T> work) throws LinkException {
        var before = traffic.get();
        var result = work.send();
        var bytes = traffic.get().since(before);
        early.merge(later, bytes, Traffic::plus);
        sentAhead = sentAhead.plus(bytes);
        return result;
    }

    /** What only sends. */
    interface Sending<T> {
        T send() throws LinkException;
    }

    private static String refused(BoardRefusedException e) {
        return e.refusal() == Refusal.WRONG_BOARD
                ? "expected the board that was identified at the start; " + e.getMessage()
                        + ". Somebody changed the board: start again."
                : e.getMessage();
    }

    /** So many bytes of so many have been transferred in this step. */
    void transferred(Step step, int bytes, int of) {
        listener.transferred(step, bytes, of);
    }

    /** The steps that are done, in their order. */
    public Map<Step, Timing> timings() {
        return new EnumMap<>(timings);
    }
}
